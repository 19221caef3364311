package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.data.TestImages;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The flags of {@code train}: what is refused, and that nothing is left behind. */
@Tag("slow")
class TrainCommandTest {
  @TempDir private Path folder;
  private Path data;
  private Path run;

  @BeforeEach
  void makeData() {
    data = folder.resolve("data");
    run = folder.resolve("run");
    for (String name : List.of("n01_cat", "n02_lion", "n03_sea_lion")) {
      for (int i = 0; i < 3; i++) {
        TestImages.write(data.resolve(name), i + ".png", TestImages.png(40, 32, 0));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--size 48 | --size is 48",
        "--size 64 --multipliers 4,4,4 | --multipliers has 3 numbers and --size is 64",
        "--multipliers 16,16,8,4,0 | --multipliers is 0",
        "--channels 0 | --channels is 0",
        "--attention 20 | --attention is 20",
        "--attention 128 | --attention is 128",
        "--channels 3 | --attention 64 finds 6 channels in the generator and needs a multiple of 8",
        "--size 128 --channels 4 --batch 4 --discriminator biggan | --attention 64 finds 4 channels in the discriminator",
        "--batch 0 | --batch is 0",
        "--steps 0 | --steps is 0",
        "--discriminator-steps 0 | --discriminator-steps is 0",
        "--generator-rate 0 | --generator-rate is 0.0",
        "--discriminator-rate -1 | --discriminator-rate is -1.0",
        "--generator-rate NaN | --generator-rate is NaN",
        "--average-decay 1 | --average-decay is 1.0",
        "--beta1 1 | --beta1 is 1.0",
        "--beta2 -0.1 | --beta2 is -0.1",
        "--adam-epsilon 0 | --adam-epsilon is 0.0",
        "--loss wasserstein-gp --gradient-penalty -1 | --gradient-penalty is -1.0",
        "--gradient-penalty 5 | --gradient-penalty needs --loss wasserstein-gp",
        "--sample-every 0 | --sample-every is 0",
        "--checkpoint-every 0 | --checkpoint-every is 0",
        "--measure-every 0 | --measure-every is 0",
        "--score-every 0 | --score-every is 0",
        "--score-images 1 | --score-images is 1",
        "--projection-width 0 | --projection-width is 0",
        "--native-width -1 | --native-width is -1",
        "--native-width 8 | --native-width is for --discriminator projected",
        "--average-from -1 | --average-from is -1",
        "--average-from 5 --steps 5 | --average-from is 5 and --steps 5",
        "--standing-batches 0 | --standing-batches is 0",
        "--label-weight -1 | --label-weight is -1.0",
        "--rotated-share 0 | --rotated-share is 0.0",
        "--rotation-weight-d -1 | --rotation-weight-d is -1.0",
        "--rotation-weight-g NaN | --rotation-weight-g is NaN",
        "--self-supervision rotation --batch 24 | --rotated-share 0.25 of --batch 24 is 6 images",
        "--self-supervision rotation --rotated-share 8 | --rotated-share is 8.0",
        "--self-supervision views --batch 24 | --rotated-share 0.25 of --batch 24 is 6 images",
        "--self-supervision views --rotation-weight-d 2 | --rotation-weight-d needs --self-supervision rotation",
        "--rotated-share 1 | --rotated-share needs --self-supervision rotation or views",
        "--self-supervision rotation --discriminator projected --projector starter | use --discriminator own",
        "--unlabelled co-training --discriminator projected --projector starter | --unlabelled co-training learns",
        "--projector-side -1 | --projector-side is -1",
        "--augment color,blur | --augment has 'blur'",
        "--augment none,color | --augment has 'none'",
        "--discriminator projected | name it with --projector",
        "--projector inception-folded:x | --discriminator projected",
        "--discriminator projected --projector vgg99 | vgg99",
        "--discriminator projected --projector inception-folded:/none | inception-folded",
        "--score-network inception-folded:/none | inception-folded",
        "--classes tiger | --classes names 'tiger'",
        "--classes cat,cat | --classes names a class twice",
        "--classes cat,n01_cat | --classes names the folder n01_cat twice",
        "--classes lion | write more of the name",
        "--data /no/such/folder | '/no/such/folder' does not exist",
        "--labels some | --labels is 'some'",
        "--labels 0% | --labels is 0%",
        "--labels 101% | --labels is 101%",
        "--labels 10% | --labels 10% of 9 images leaves the class n01_cat, which has 3, without",
        "--labels none.csv | none.csv cannot be read (there is no such file)",
        "--labels cluster | name its run with --features",
        "--labels 50% --unlabelled predict | name its run with --features",
        "--labels random --unlabelled predict | --labels random leaves none",
        "--unlabelled co-training | --labels all leaves none",
        "--labels 50% --soft-labels | --soft-labels is for labels that are predicted",
        "--label-count 5 | --label-count is for --labels random and cluster",
        "--labels random --label-count -1 | --label-count is -1",
        "--rotated-share 1 --rotation-weight-g 1 | needs --self-supervision rotation",
        "--labels 50% --label-weight 2 | --label-weight needs --unlabelled co-training",
        "--labels 50% --labelled-share 0.5 | --labelled-share needs --unlabelled co-training",
        "--labelled-share 1 | --labelled-share is 1.0; give 0, or a part of the batch",
        "--labels 50% --unlabelled co-training --labelled-share 0.01 --batch 32 | --labelled-share 0.01 of --batch 32 is no image",
        "--label-seed 2 | --label-seed needs a share of labels",
        "--features /none --labels cluster | --features /none does not exist",
        "--freeze-d 1 | --freeze-d keeps layers as another training has left them; name its run with --from",
        "--freeze-d -1 | --freeze-d is -1",
        "--freeze-d 1 --discriminator projected --projector starter | --freeze-d is for --discriminator own",
        "--from /none | --from /none does not exist",
        "--from savedmodels/starter-64 --recipe dcgan | --from has networks of --recipe biggan",
        "--hold-out 10% | --hold-out is for scores; name the network that scores with --score-network",
        "--hold-out 0% --score-network starter | --hold-out is 0%",
        "--hold-out 10% --score-network starter | --hold-out 10% of 9 images gives 1 image",
        "--hold-out /none --score-network starter | '/none' does not exist",
        "--stop-after 3 | hold some out by --hold-out",
        "--recipe features --from savedmodels/starter-64 --hold-out 10% | makes no use of --from, --hold-out",
        "--classes cat --labels random | --labels random needs a number of labels",
        "--learning-rate 0.1 | --recipe biggan makes no use of --learning-rate",
        "--recipe features --attention 32 --half | makes no use of --attention, --half",
        "--recipe features --size 24 | --size is 24",
        "--recipe features --batch 1 | --batch is 1",
        "--recipe features --label-weight -1 | --label-weight is -1.0",
        "--recipe features --learning-rate 0 | --learning-rate is 0.0",
        "--recipe features --labels random | --recipe features learns labels that are true",
        "--recipe features --labels single --self-supervision none | nothing to learn",
        "--recipe features --views 9 | --views needs --teacher",
        "--projection-width 8 | --projection-width needs --discriminator projected",
      })
  void aBadFlagIsOneSentenceAndLeavesNothing(String flags, String named) {
    List<String> words = new ArrayList<>(List.of("--out", run.toString(), "--device", "cpu"));
    if (!flags.contains("--data")) {
      words.addAll(List.of("--data", data.toString()));
    }
    words.addAll(Arrays.asList(flags.split(" ")));
    refused(words, named);
  }

  @ParameterizedTest
  @CsvSource({
    "--batch many",
    "--recipe stylegan",
    "--loss least-squares",
    "--discriminator none",
    "--self-supervision jigsaw",
    "--unlabelled guess",
    "--half=perhaps"
  })
  void whatDoesNotParseIsTwoAndLeavesNothing(String flags) {
    List<String> words = new ArrayList<>(List.of("--data", data.toString()));
    words.addAll(List.of("--out", run.toString()));
    words.addAll(Arrays.asList(flags.split(" ")));
    train(words).refuses(run, flags.split("[ =]")[0]);
  }

  @Test
  void withoutDataThereIsASentence() {
    refused(List.of("--out", run.toString()), "--data is missing");
  }

  @Test
  void aFileThatIsNoImageIsNamed() throws IOException {
    Files.writeString(data.resolve("n01_cat/zzz.jpg"), "no image");
    refused(List.of("--data", data.toString(), "--out", run.toString()), "zzz.jpg");
  }

  @Test
  void aUsedFolderIsRefused() throws IOException {
    Files.createDirectories(run);
    Files.writeString(run.resolve("mine.txt"), "mine");
    List<String> words = List.of("--data", data.toString(), "--out", run.toString());
    Program refused = train(words);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--out " + run + " is not empty");
    assertThat(run.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void aDryRunShowsTheResolvedOptionsAndWritesNothing() throws IOException {
    Path json = folder.resolve("result.json");
    List<String> words =
        List.of(
            "--dry-run",
            "--device",
            "cpu",
            "--data",
            data.toString(),
            "--out",
            run.toString(),
            "--classes",
            "n02_lion,cat",
            "--size",
            "32",
            "--channels",
            "4",
            "--batch",
            "16",
            "--augment",
            "cutout,color",
            "--no-half",
            "--no-mirror",
            "--discriminator",
            "biggan",
            "--loss",
            "wasserstein-gp",
            "--beta1",
            "0.5",
            "--self-supervision",
            "rotation",
            "--labels",
            "34%",
            "--unlabelled",
            "co-training",
            "--json",
            json.toString(),
            "--seed",
            "3");
    String out = train(words).succeeds().out();
    assertThat(out)
        .contains("\"discriminator_steps\" : 2")
        .contains("\"generator_rate\" : 5.0E-5")
        .contains("\"augment\" : [ \"color\", \"cutout\" ]")
        .contains("\"half\" : false")
        .contains("\"mirror\" : false")
        .contains("\"kind\" : \"own\"")
        .contains("\"loss\" : \"wasserstein-gp\"", "\"gradient_penalty\" : 10.0")
        .contains("\"beta1\" : 0.5", "\"beta2\" : 0.999", "\"epsilon\" : 1.0E-6")
        .contains("\"unlabelled\" : \"co-training\"")
        .contains("\"self_supervision\" : \"rotation\"")
        .contains("\"rotated_share\" : 0.25")
        .contains("\"rotation_weight_g\" : 0.2")
        .contains("\"seed\" : 3")
        .contains("6 images of 2 classes, 2 of them labelled")
        .containsPattern("the training needs at least \\d+\\.\\d MiB of memory")
        .containsPattern("20000 steps: about \\d+ (h|min) \\d+ .*; a step takes \\d+");
    assertThat(run).doesNotExist();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode result = mapper.readTree(json.toFile());
    assertThat(result.get("options")).isEqualTo(mapper.readTree(optionsOf(out)));
    assertThat(result.at("/data").asText()).startsWith("6 images of 2 classes");
    assertThat(result.at("/run").asText()).isEqualTo(run.toString());
    assertThat(result.at("/weight_bytes").asLong())
        .isPositive()
        .isLessThan(result.at("/memory_bytes").asLong());
    assertThat(result.at("/time/steps").asLong()).isEqualTo(20_000);
    assertThat(result.at("/time/seconds").asDouble())
        .isGreaterThan(result.at("/time/step_seconds").asDouble());
  }

  @Test
  void aDryRunRefusesWhatIsTooLarge() {
    List<String> words = new ArrayList<>(List.of("--data", data.toString(), "--dry-run"));
    words.addAll(List.of("--device", "cpu", "--out", run.toString(), "--size", "32"));
    List<String> huge = new ArrayList<>(words);
    huge.addAll(List.of("--channels", "100000"));
    refused(huge, "the networks need at least ");
  }

  @Test
  void aTransferHasTheShapeOfItsSourceAndAQuarterOfTheRates() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--dry-run",
                "--device",
                "cpu",
                "--from",
                "savedmodels/starter-64",
                "--batch",
                "2"));
    words.addAll(List.of("--data", data.toString(), "--out", run.toString()));
    assertThat(train(words).succeeds().out())
        .contains("\"embedding\" : 64", "\"attention\" : 0", "\"channels\" : 16")
        .contains("\"generator_rate\" : 1.25E-5", "\"discriminator_rate\" : 5.0E-5")
        .contains("\"from\" : \"" + Path.of("savedmodels/starter-64").toAbsolutePath() + "\"");
    words.addAll(List.of("--generator-rate", "0.001", "--attention", "32"));
    assertThat(train(words).succeeds().out())
        .contains("\"generator_rate\" : 0.001", "\"discriminator_rate\" : 5.0E-5")
        .contains("\"attention\" : 32");
  }

  @Test
  void aFeatureNetworksDryRunShowsWhatItWouldSee() {
    List<String> words =
        List.of(
            "--recipe",
            "features",
            "--labels",
            "34%",
            "--size",
            "16",
            "--channels",
            "4",
            "--batch",
            "4",
            "--dry-run",
            "--device",
            "cpu",
            "--data",
            data.toString(),
            "--out",
            run.toString());
    assertThat(train(words).succeeds().out())
        .contains("\"recipe\" : \"features\"")
        .contains("\"labels\" : \"34%\"")
        .contains("\"label_weight\" : 0.2")
        .contains("9 images, 3 of them with one of 3 labels");
    assertThat(run).doesNotExist();
  }

  @Test
  void aDryRunWithATeacherTriesItOnAFewViewsAndSaysWhatAllTake() {
    List<String> words = new ArrayList<>(List.of("--recipe", "features", "--size", "32"));
    words.addAll(List.of("--channels", "4", "--batch", "4", "--steps", "500", "--dry-run"));
    words.addAll(List.of("--teacher", "starter", "--teacher-side", "32", "--device", "cpu"));
    words.addAll(List.of("--data", data.toString(), "--out", run.toString()));
    // 512 views before the first step, four more with each, and 256 to measure by.
    assertThat(train(words).succeeds().out())
        .containsPattern("500 steps: about .*; a step takes \\d+")
        .containsPattern("; the teacher's maps of 2768 views, .*: about \\d+ min \\d+ s more");
    assertThat(run).doesNotExist();
  }

  @Test
  void resumeTakesNoOtherFlags() {
    refused(
        List.of("--resume", folder.resolve("old").toString(), "--batch", "3"),
        "--resume takes the options from the run; leave out --batch");
  }

  @Test
  void resumeTakesAnotherNumberOfSteps() throws IOException {
    Path old = optionsAlone();
    List<String> words = List.of("--resume", old.toString(), "--steps", "300", "--dry-run");
    assertThat(train(words).succeeds().out()).contains("\"steps\" : 300");
    assertThat(Files.readString(old.resolve("options.json"))).contains("\"steps\" : 20000");
    refused(List.of("--resume", old.toString(), "--steps", "0"), "--steps is 0");
  }

  @Test
  void whatIsNoRunIsNotResumed() {
    refused(List.of("--resume", data.toString()), "holds no options.json");
  }

  @Test
  void resumeRefusesAnotherSettingOfOneDnn() throws IOException {
    Path old = optionsAlone();
    String json = Files.readString(old.resolve("options.json"));
    Execution here = Execution.here(Device.CPU);
    String other = here.oneDnn().equals("0") ? "1" : "0";
    Files.writeString(
        old.resolve("options.json"),
        json.replace("\"one_dnn\" : \"" + here.oneDnn() + "\"", "\"one_dnn\" : \"" + other + "\""));

    refused(List.of("--resume", old.toString()), "TF_ENABLE_ONEDNN_OPTS=" + other);
    assertThat(old.toFile().list()).containsExactly("options.json");
  }

  /** The weights of a network are found from any folder, and are the same when named again. */
  @Test
  void resumeKnowsANetworkByItsWeights() throws IOException {
    String starter = "savedmodels/starter-features";
    Path old = optionsAlone("--score-network", "starter:" + starter);
    assertThat(Files.readString(old.resolve("options.json")))
        .contains("\"score_network\" : \"starter:" + Path.of(starter).toAbsolutePath() + "\"");
    String[] again = {
      "--resume", old.toString(), "--dry-run", "--score-network", "starter:" + starter
    };
    train(List.of(again)).succeeds();
    again[4] = "digits";
    refused(List.of(again), "leave out --score-network (digits, where the run has starter:/");
  }

  @Test
  void resumeRefusesTheOptionsOfAnotherVerb() {
    Path old = folder.resolve("old");
    RunDirectory.create(old, Map.of("group_size", 8));
    refused(List.of("--resume", old.toString()), "options.json");
  }

  /** A run directory that has nothing but its options. */
  private Path optionsAlone(String... more) throws IOException {
    String given = "--dry-run --device cpu --size 32 --channels 4 --batch 2";
    List<String> words = new ArrayList<>(List.of(given.split(" ")));
    words.addAll(List.of("--data", data.toString()));
    words.addAll(List.of(more));
    String out = train(words).succeeds().out();
    Path old = Files.createDirectories(folder.resolve("old"));
    Files.writeString(old.resolve("options.json"), optionsOf(out));
    return old;
  }

  /** The options in what the verb prints. */
  private static String optionsOf(String out) {
    return out.substring(0, out.lastIndexOf('}') + 1);
  }

  private void refused(List<String> flags, String named) {
    train(flags).refuses(run, named);
  }

  private static Program train(List<String> flags) {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(flags);
    return Program.run(words.toArray());
  }
}
