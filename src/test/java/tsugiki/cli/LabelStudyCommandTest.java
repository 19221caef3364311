package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.primitives.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.base.SystemProperty;
import tsugiki.data.ImageSet;
import tsugiki.data.LabelFile;
import tsugiki.data.TrainingImages;
import tsugiki.graph.Tensors;
import tsugiki.painting.PaintedShapes;

/** A study of a few steps, whole and broken off; and what it refuses. */
@Tag("slow")
class LabelStudyCommandTest {
  private static final String TINY =
      " --size 16 --channels 8 --multipliers 1,1,1 --attention 0 --batch 4 --steps 2 --discriminator-steps 1"
          + " --standing-batches 1 --feature-steps 2 --feature-channels 4 --measure-every 1 --score-every 1"
          + " --score-images 20 --score-network starter --device cpu";

  /** With the variants that turn images, whose number has to be a multiple of four. */
  private static final String TURNING = " --rotated-share 1" + TINY;

  @TempDir private Path folder;

  @Test
  void tablesChartsAndRunsOfEveryVariantAndTheSameAgainWhenResumed() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 5, 32);
    Path out = folder.resolve("study");
    Path json = folder.resolve("study.json");
    assertThat(
            study(data, out, "--dry-run --variants cluster-ss,s3gan-co --labels 20%" + TURNING)
                .succeeds()
                .out())
        .contains("the first training needs at least ", "2 steps: about ");
    assertThat(out).doesNotExist();
    String flags =
        "--variants cluster-ss,s3gan-co --repeats 1 --labels 20% --json " + json + TURNING;
    try (SystemProperty atOnce = new SystemProperty("tsugiki.phase", "0")) {
      assertThat(study(data, out, flags).succeeds().out())
          .contains("The table is in " + out.resolve("study.md"));
    }

    for (String file :
        List.of(
            "study.md",
            "features.csv",
            "differences.csv",
            "report.html",
            "diversity.png",
            "spacing.png",
            "kid_768.png",
            "s3gan-co-0/model/card.md",
            "cluster-ss-0/cluster-centres.npy",
            "features-20-percent-0/model/card.md",
            "features-single-0/model/card.md")) {
      assertThat(out.resolve(file)).exists();
    }
    assertThat(out.resolve("s3gan-co-0/log.txt")).content().contains("the model is in");
    assertThat(out.resolve("features-single-0/log.txt")).content().contains("the model is in");
    assertThat(out.resolve("log.txt"))
        .content()
        .containsSubsequence(
            "scoring the real images",
            "scoring the real halves",
            "s3gan-co, seed 0: ",
            "labelling the images",
            "building the networks",
            "writing the report of the study")
        .containsPattern("network of the labels 20%, seed 0: .*\n.* building the networks");
    assertThat(out.resolve("s3gan-co-0/log.txt")).content().contains("scoring " + out);
    List<String> lines = Files.readAllLines(out.resolve("study.csv"));
    assertThat(lines.get(0))
        .startsWith(
            "variant,seed,fid,kid,starter_class_score,diversity,spacing,class_diversity,class_diversity_least,collapsed_at,diverged_at,label_error,head_classes");
    assertThat(lines).hasSize(3);
    assertThat(out.resolve("study.md"))
        .content()
        .contains("| cluster-ss |", "| s3gan-co |", "| 20% |", "| single |")
        .contains("| s3gan-co − cluster-ss |");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.at("/generators/0/fid").asDouble()).isPositive();
    assertThat(result.at("/generators/1/label_error").asDouble())
        .isEqualTo(
            errorOfServedHead(
                data,
                out.resolve("s3gan-co-0/discriminator"),
                out.resolve("features-20-percent-0/labels.csv")));
    assertThat(result.at("/generators/0/label_purity").asDouble())
        .isCloseTo(purity(data, out.resolve("cluster-ss-0/labels.csv")), within(1e-12));

    // Broken off before the last training: the others are not done again.
    FileTime made = Files.getLastModifiedTime(out.resolve("cluster-ss-0/samples.png"));
    FileUtils.deleteDirectory(out.resolve("s3gan-co-0").toFile());
    Program.run("study", "labels", "--resume", out).succeeds();
    assertThat(Files.readAllLines(out.resolve("study.csv"))).isEqualTo(lines);
    assertThat(Files.getLastModifiedTime(out.resolve("cluster-ss-0/samples.png"))).isEqualTo(made);

    Files.writeString(out.resolve("inputs.json"), "{\"images\": \"others\"}");
    assertThat(Program.run("study", "labels", "--resume", out, "--repeats", 7).err())
        .contains("--resume " + out + " began with other images");
    assertThat(out.resolve("options.json")).content().doesNotContain("\"repeats\" : 7");
  }

  /** The share of the images that are of the commonest folder of their cluster. */
  private static double purity(Path data, Path labels) {
    ImageSet images = TrainingImages.load(data, List.of(), 16);
    int[] clusters = LabelFile.read(labels, images).labels();
    int[][] counts = new int[10][10];
    for (int i = 0; i < clusters.length; i++) {
      counts[clusters[i]][images.label(i)]++;
    }
    double commonest =
        Arrays.stream(counts).mapToInt(of -> Arrays.stream(of).max().orElseThrow()).sum();
    return commonest / images.count();
  }

  /** How often the class head is wrong where no label was given, by TensorFlow's own loading. */
  private static double errorOfServedHead(Path data, Path model, Path labels) throws IOException {
    ImageSet images = TrainingImages.load(data, List.of(), 16);
    String known = Files.readString(labels);
    int[] hidden =
        IntStream.range(0, images.count())
            .filter(i -> !known.contains(images.names().get(i)))
            .toArray();
    assertThat(hidden).hasSize(40);
    try (SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve");
        TUint8 pixels = Tensors.bytes(Shape.of(40, 16, 16, 3), images.select(hidden).pixels());
        TInt64 label = Tensors.longs(new int[40]);
        Result answers =
            bundle
                .function("serving_default")
                .call(Map.<String, Tensor>of("images", pixels, "label", label))) {
      List<Float> logits =
          Floats.asList(Tensors.toFloats((TFloat32) answers.get("class_logits").orElseThrow()));
      long wrong =
          IntStream.range(0, 40)
              .filter(
                  i -> {
                    List<Float> row = logits.subList(10 * i, 10 * i + 10);
                    return row.indexOf(Collections.max(row)) != images.label(hidden[i]);
                  })
              .count();
      return wrong / 40.0;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--variants gan2 | --variants",
        "--variants s2gan,s2gan | each once",
        "--repeats 0 | --repeats is 0",
        "--labels all | a study of few labels takes a share",
        "--labels 1% | leaves the class arrow",
        "--shares 5%,some | --labels is 'some'",
        "--shares all | --shares has 'all'",
        "--taps features,features | --taps is [features, features]; name each once",
        "--taps 9 | --tap is 9",
        "--judge starter --judge starter | --judge is [starter, starter]; name each once",
        "--judge starter --judge digits --taps features,9 | --taps has 9, which none",
        "--judge starter --judge nobody | nobody, which does not exist",
        "--discriminator projected --projector starter --variants s3gan,s2gan-co | --variants is [s3gan, s2gan-co], which learn",
        "--shares some.csv | --shares has 'some.csv'",
        "--labels 50% --label-count 21 | --label-count is 21 and there are 20 images",
        "--unlabelled drop | study labels decides --unlabelled by --variants",
        "--batch 6 | --rotated-share 0.25 of --batch 6",
        "--grey | --recipe biggan makes no use of --grey",
        "--gradient-penalty 3 | --gradient-penalty needs --loss wasserstein-gp",
        "--ada-target 0.5 | --ada-target needs --augment ada",
        "--variants s2gan --rotated-share 1 | --rotated-share needs a variant of --variants with rotations or views, such as s3gan; add it",
        "--variants s2gan-views --rotation-weight-d 1 | --rotation-weight-d needs a variant of --variants with rotations, such as s3gan; add it",
        "--variants s3gan --label-weight 1 | --label-weight needs a variant of --variants with co-training, such as s2gan-co (--feature-label-weight is that of the feature networks); add it",
        "--variants s3gan --labelled-share 0.5 | --labelled-share needs a variant of --variants with co-training, such as s2gan-co; add it",
      })
  void aBadFlagIsOneSentence(String flags, String named) {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 32);
    Path out = folder.resolve("study");
    study(data, out, flags + " --score-network starter --size 32").refuses(out, named);
  }

  @Test
  void allVariantsOfASingleFolderAreRefusedBeforeAnythingIsTrained() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 10, 32);
    Path labels = folder.resolve("labels.csv");
    Files.writeString(labels, "0000.png,one\n0001.png,two\n");
    Path out = folder.resolve("study");
    String flags = " --score-network starter --size 32 --labels " + labels;
    study(data.resolve("arrow"), out, "--label-count 2" + flags)
        .refuses(out, "--variants has biggan, whose labels are the folders, and the data has one");
    study(data.resolve("arrow"), out, "--variants random" + flags)
        .refuses(out, "--labels random needs a number of labels");
  }

  @Test
  void aProjectedDiscriminatorTrainsTheVariantsWithoutHeadsAndSaysWhichItLeavesOut() {
    Path data = PaintedShapes.in(folder.resolve("data"), 5, 32);
    Path out = folder.resolve("study");
    String flags = "--dry-run --labels 20% --discriminator projected --projector starter" + TURNING;
    assertThat(study(data, out, flags).succeeds().out())
        .contains("10 variants and 2 feature networks, 3 times each")
        .contains("Left out, since their heads learn on the discriminator's own features")
        .contains(": single-ss, cluster-ss, s3gan, s2gan-co, s3gan-co.");
  }

  @Test
  void weightsThatAreMissingAreNamedAndNothingIsWritten() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 5, 32);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path out = folder.resolve("study");
    study(data, out, "--labels 20% --judge inception-folded:" + empty + TURNING)
        .refuses(out, "lacks weights_conv.dat");
  }

  @Test
  void aVariantThatDivergesIsAResultAndTheStudyGoesOn() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 5, 32);
    Path out = folder.resolve("study");
    String flags =
        "--variants single,biggan --repeats 1 --labels 20% --generator-rate 1e30"
            + " --discriminator-rate 1e30 --taps features,probabilities";
    study(data, out, flags + TINY).succeeds();
    assertThat(out.resolve("study.md"))
        .content()
        .contains("| biggan, seed 0 | the training diverged");
    List<String> lines = Files.readAllLines(out.resolve("study.csv"));
    assertThat(lines.get(0))
        .startsWith("variant,seed,fid_features,kid_features,fid_probabilities,kid_probabilities,");
    assertThat(lines.subList(1, 3))
        .allSatisfy(line -> assertThat(line).matches("(single|biggan),0,{11}\\d.*"));
  }

  @Test
  void withoutANetworkToScoreWithThereIsASentence() {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 32);
    Path out = folder.resolve("study");
    study(data, out, "--size 32").refuses(out, "--score-network is missing");
  }

  @Test
  void aStudyWithoutANameSaysWhichThereAre() {
    assertThat(Program.run("study").err()).contains("study needs the name of a study: ", "labels");
  }

  private static Program study(Path data, Path out, String flags) {
    String words = "study labels --data %s --out %s %s".formatted(data, out, flags);
    return Program.run((Object[]) words.split(" +"));
  }
}
