package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ObjectArrays;
import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.activation.ActivationStudyOptions;
import tsugiki.base.ChildJvm;
import tsugiki.data.ImageSet;
import tsugiki.data.TestImages;
import tsugiki.gan.DcganBookOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.graft.FinishKind;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftStudyOptions;
import tsugiki.graft.RateFall;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.runtime.Device;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** The flags and the input of {@code graft}: what is refused, and that nothing is left behind. */
@Tag("slow")
class GraftCommandTest {
  @TempDir private static Path models;
  private static Path generator;
  private static Path network;

  @TempDir private Path folder;
  private Path images;
  private Path run;

  @BeforeAll
  static void writeModels() {
    generator = models.resolve("tiny");
    TinyGenerator.make().writer(Precision.FLOAT).write(generator);
    // Smaller than the one that ships, which would take most of the time.
    network = models.resolve("network");
    ImageSet shapes = PaintedShapes.images(1, 32);
    UntrainedFeatureNetwork.write(network, shapes, shapes.classNames());
  }

  @BeforeEach
  void makeImages() {
    images = folder.resolve("images");
    run = folder.resolve("run");
    add("a.png", TestImages.png(40, 32, 0xC04020));
    add("b.png", TestImages.encode(TestImages.noise(32, 32), "png"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--group-size 3 | --group-size is 3, which does not divide the",
        "--group-size x | --group-size is x",
        "--group-size -1 | --group-size is -1",
        "--method unknown | --method",
        "--limit -1 | --limit is -1",
        "--limit many | --limit",
        "--steps 0 | --steps is 0",
        "--finish some | --finish",
        "--finish graft --finish-steps 0 | --finish-steps is 0",
        "--finish all --finish-projector nothing | --finish-projector",
        "--finish-steps 9 | --finish-steps needs --finish all or graft",
        "--finish graft --finish-generator-rate 1e-4 | --finish-generator-rate needs --finish all",
        "--method scale-shift --group-size 4 | --group-size needs --method point-wise",
        "--schedule cosine --decay 0.3 | --decay needs --schedule steps",
        "--projection-steps 9 | --projection-steps needs --latent-start projection",
        "--finish-augment blur | --finish-augment has 'blur'; give of color",
        "--finish-augment color,none | --finish-augment has 'none'",
        "--batch 0 | --batch is 0",
        "--layer-rate 0 | --layer-rate is 0.0",
        "--latent-rate NaN | --latent-rate is NaN",
        "--embedding-rate -1 | --embedding-rate is -1.0",
        "--decay-every 0 | --decay-every is 0",
        "--decay 0 | --decay is 0.0",
        "--noise -1 | --noise is -1.0",
        "--perceptual-weight -1 | --perceptual-weight is -1.0",
        "--prior-weight -1 | --prior-weight is -1.0",
        "--embedding-weight -1 | --embedding-weight is -1.0",
        "--truncation 0 | --truncation is 0.0",
        "--measure-every 0 | --measure-every is 0",
        "--sample-every 0 | --sample-every is 0",
        "--checkpoint-every 0 | --checkpoint-every is 0",
        "--perceptual vgg99 | --perceptual names the network vgg99",
        "--network vgg99 | --network names the network vgg99",
        "--network inception-folded:/none | --network inception-folded:/none names no folder",
        "--images /no/such/folder | '/no/such/folder' does not exist",
        "--generator /no/such/folder | --generator /no/such/folder does not exist",
      })
  void aBadFlagIsOneSentenceAndLeavesNothing(String flags, String named) {
    graft((Object[]) flags.split(" ")).refuses(run, named);
  }

  @Test
  void imagesMustBeNamed() {
    Program.run("graft", "--out", run).refuses(run, "--images is missing");
  }

  /** Scores are relative to how far the images are from each other. */
  @Test
  void copiesOfOneImageAreRefused() throws IOException {
    Path copies = Files.createDirectory(folder.resolve("copies"));
    for (String name : List.of("1.png", "2.png")) {
      Files.copy(images.resolve("a.png"), copies.resolve(name));
    }
    graft("--images", copies)
        .refuses(run, "--images holds 2 images that are all the same; give different ones");
  }

  @Test
  void aFolderThatIsNoGeneratorIsRefused() {
    graft("--generator", images).refuses(run, "--generator " + images, "saved_model.pb");
    graft("--generator", "savedmodels/starter-features").refuses(run, "of the kind features");
  }

  @Test
  void anEmptyFolderIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    graft("--images", empty).refuses(run, empty.toString(), "holds no image");
  }

  @Test
  void aFileThatCannotBeUsedIsNamed() {
    byte[] jpeg = TestImages.encode(TestImages.noise(64, 64), "jpg");
    Map.of(
            "text.jpg", "no image".getBytes(StandardCharsets.UTF_8),
            "cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2),
            "dot.png", TestImages.png(1, 1, 0),
            "huge.png", TestImages.pngHeader(30_000, 30_000))
        .forEach(
            (name, content) -> {
              Path bad = add(name, content);
              graft().refuses(run, name);
              assertThat(bad.toFile().delete()).isTrue();
            });
  }

  @Test
  void aFileThatCannotBeUsedIsLeftOutWhereThatIsWanted() throws IOException {
    add("c.jpg", "no image".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 7; i++) {
      add("note" + i + ".txt", new byte[1]);
    }
    assertThat(graft("--dry-run", "--on-bad-image", "skip").succeeds().out())
        .contains("2 images onto", "\"on_bad_image\" : \"skip\"");
    graft("--on-bad-image", "skip", "--steps", 1).succeeds();
    assertThat(Files.readString(run.resolve("log.txt")))
        .contains("left out: '" + images.resolve("c.jpg") + "' is not a")
        .contains("1 of 3 images cannot be used and are left out")
        .contains("note4.txt and 2 more (no image); a run's log.txt names all of them, and so does")
        .contains("\nnote5.txt (no image)\nnote6.txt (no image)\n");
    graft("--on-bad-image", "ask", "--out", folder.resolve("other"))
        .refuses(folder.resolve("other"), "--on-bad-image", "fail, skip");

    // What a run was begun with is missed when it goes on.
    assertThat(images.resolve("b.png").toFile().delete()).isTrue();
    Program.run("graft", "--resume", run, "--steps", 2)
        .refuses(folder.resolve("none"), "--resume " + run + " began with other images");
    Program.run("graft", "--resume", run, "--steps", 2, "--dry-run")
        .refuses(folder.resolve("none"), "--resume " + run + " began with other images");
    Path out = folder.resolve("out");
    Program.run("export", "--model", run, "--checkpoint", "latest", "--out", out)
        .refuses(out, "--model " + run + " was trained with other images", "put them back");
  }

  @Test
  void everyKindOfImageIsAccepted() {
    add(
        "rgba.png",
        png(TestImages.uniform(TestImages.srgb(), true, DataBuffer.TYPE_BYTE, 9, 8, 7, 99)));
    add("grey.png", png(TestImages.uniform(TestImages.grey(), false, DataBuffer.TYPE_BYTE, 77)));
    add(
        "deep.png",
        png(TestImages.uniform(TestImages.srgb(), false, DataBuffer.TYPE_USHORT, 9, 8, 7)));
    BufferedImage inks =
        TestImages.uniform(
            ColorSpaces.getColorSpace(ColorSpaces.CS_GENERIC_CMYK),
            false,
            DataBuffer.TYPE_BYTE,
            0,
            255,
            255,
            0);
    add("inks.jpg", TestImages.encode(inks, "jpg"));
    assertThat(graft("--dry-run").succeeds().out()).contains("6 images onto");
  }

  @Test
  void aDryRunShowsTheResolvedOptionsAndWritesNothing() throws IOException {
    Program program =
        graft("--dry-run", "--method=Point-Wise", "--group-size=all", "--limit=1").succeeds();
    assertThat(program.out())
        .contains("\"group_size\" : 0")
        .contains("\"layer_rate\" : 5.0E-4")
        .contains("\"limit\" : 1", "\"crop\" : \"square\"")
        .contains("1 image onto " + generator + "; the run goes to " + run)
        .containsPattern("the training needs at least \\d+\\.\\d MiB of memory")
        .containsPattern("1000 steps: about \\d+ min .*; a step takes \\d+ ms, as tried now");
    assertThat(folder.toFile().list()).containsExactly("images");
  }

  @Test
  void aFinishBringsWhatGoesWithIt() {
    // Small sizes, since a dry run tries a step.
    List<Object> all = new ArrayList<>(List.of("--generator", "starter-64", "--finish", "all"));
    all.addAll(List.of("--batch", 1, "--finish-side", 64, "--dry-run"));
    assertThat(graft(all.toArray()).succeeds().out())
        .contains("\"steps\" : 20,", "\"truncation\" : 10.0")
        .containsPattern("\"finish_from\" : \".*savedmodels/starter-64\"");
    Object[] layers = {"--finish", "graft", "--finish-side", 32, "--finish-augment", "none"};
    assertThat(graft(ObjectArrays.concat(layers, "--dry-run")).succeeds().out())
        .contains("\"steps\" : 1000,", "\"truncation\" : 0.4", "\"finish_from\" : \"\"")
        .contains("\"finish_augment\" : [ ]", "; the longest step takes ");
    all.addAll(List.of("--finish-from", "none", "--steps", 7, "--truncation", 0.5));
    assertThat(graft(all.toArray()).succeeds().out())
        .contains("\"steps\" : 7,", "\"truncation\" : 0.5", "\"finish_from\" : \"\"");
  }

  @Test
  void whatIsSaidOfTheImagesBeforeARunBeginsIsInItsLog() throws IOException {
    add("c.heic", new byte[1]);
    graft("--steps", 1, "--crop", "none").succeeds();
    assertThat(Files.readString(run.resolve("log.txt")))
        .contains("left out: c.heic (HEIC is not read")
        .contains("1 of 2 images are not square: they are squashed into squares");
    assertThat(Files.readString(run.resolve("options.json"))).contains("\"crop\" : \"none\"");
  }

  @Test
  void oneWordPerThing() {
    Program program =
        Program.run(
            "graft",
            "--data",
            images,
            "--model=" + generator,
            "--out",
            run,
            "--device",
            "cpu",
            "--limit",
            0,
            "--truncation",
            "none",
            "--dry-run");
    assertThat(program.succeeds().out())
        .contains("2 images onto " + generator, "\"truncation\" : 10.0");
    Program.run("train", "--recipe", "dcgan", "--real", images, "--dry-run", "--size", 32)
        .succeeds();
    Program.run("generate", "--generator", "none", "--out", run)
        .refuses(run, "--model none does not exist");
    Program.run("score", "--images", folder.resolve("none"), "--generated", images)
        .refuses(run, folder.resolve("none") + "' does not exist");
  }

  @Test
  void aStudyHidesTheFlagsThatItDecides() {
    String help = Program.run("study", "labels", "--help").succeeds().out();
    assertThat(help)
        .contains("--variants", "Usage: tsugiki study labels [OPTIONS]")
        .doesNotContain("--unlabelled=", "--self-supervision", "--soft-labels", "--recipe=");
  }

  @Test
  void aUsedFolderIsRefusedAndLeftAlone() throws IOException {
    Path mine = TestImages.write(run, "mine.txt", new byte[1]);
    Program program = graft();
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains("--out " + run + " is not empty");
    assertThat(run.toFile().list()).containsExactly("mine.txt");
    assertThat(mine).hasBinaryContent(new byte[1]);
  }

  @Test
  void resumeTakesNoOtherFlagsAndOnlyARunOfGraft() {
    graft("--resume", folder.resolve("old"))
        .refuses(run, "--resume takes the options from the run");
    Program.run("graft", "--resume", images)
        .refuses(run, "--resume " + images, "holds no options.json");
    Path old = folder.resolve("old");
    RunDirectory.create(old, Map.of("recipe", "biggan"));
    Program.run("graft", "--resume", old).refuses(run, old.resolve("options.json").toString());
  }

  @Test
  void aDivergenceBeforeAnythingIsLearnedBlamesNoLearningRate() {
    Program failed = graft("--steps", 3, "--noise", "1e30");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err())
        .contains("at step 0, before anything was learned", "such as a noise")
        .doesNotContain("lower the learning rates");
  }

  @Test
  void anotherVerbNamesTheVerbOfARun() {
    Path old = folder.resolve("old");
    RunDirectory.create(old, GraftOptions.of(images, generator, Execution.here(Device.CPU)));
    for (String verb : List.of("train", "single", "study labels", "study activation")) {
      List<Object> words = new ArrayList<>(List.of((Object[]) verb.split(" ")));
      words.addAll(List.of("--resume", old));
      Program.run(words.toArray())
          .refuses(
              run,
              "--resume %s is a run of graft; go on with tsugiki graft --resume %s"
                  .formatted(old, old));
    }
    Path grafts = folder.resolve("grafts");
    RunDirectory.create(
        grafts,
        GraftStudyOptions.defaults(GraftOptions.of(images, generator, Execution.here(Device.CPU))));
    Program.run("train", "--resume", grafts)
        .refuses(run, "is a run of study graft; go on with tsugiki study graft --resume");
    Path study = folder.resolve("study");
    RunDirectory.create(
        study,
        ActivationStudyOptions.defaults(
            GanRunOptions.defaults(images, Execution.here(Device.CPU))
                .withNetwork(DcganBookOptions.defaults())));
    Program.run("graft", "--resume", study)
        .refuses(run, "is a run of study activation; go on with tsugiki study activation --resume");
  }

  @Test
  void aFinishedGraftIsExtended() throws IOException {
    graft("--steps", 1).succeeds();
    Program.run("graft", "--resume", run, "--batch", 3, "--method", "scale-shift")
        .refuses(
            folder.resolve("none"),
            "leave out --batch (3, where the run has 8), --method (scale-shift, where the run has point-wise)");
    // What is as the run has it may be said again, in other words too.
    Path images = this.images.resolve("..").resolve(this.images.getFileName());
    Program.run(
            "graft",
            "--resume",
            run,
            "--steps",
            2,
            "--batch",
            8,
            "--layer-rate",
            "0.0005",
            "--images",
            images)
        .succeeds();
    assertThat(run.resolve("checkpoints/latest")).hasContent("step-000002");
    assertThat(Files.readString(run.resolve("options.json"))).contains("\"steps\" : 2,");

    Path falling = folder.resolve("falling");
    GraftOptions cosine = GraftOptions.of(images, generator, Execution.here(Device.CPU));
    RunDirectory.create(
        falling, cosine.withLearning(cosine.learning().withSchedule(RateFall.COSINE)));
    Program.run("graft", "--resume", falling, "--steps", 5)
        .refuses(
            folder.resolve("none"),
            "--steps is 5, and the run began with 1000, over which its rates fall (--schedule cosine)");
  }

  @Test
  void aLengthThatARunCannotHaveIsRefused() throws IOException {
    GraftOptions plain = GraftOptions.of(images, generator, Execution.here(Device.CPU));
    Path without = folder.resolve("without");
    RunDirectory.create(without, plain);
    Path none = folder.resolve("none");
    Program.run("graft", "--resume", without, "--finish-steps", 5)
        .refuses(none, "--finish-steps is 5, and the run has no --finish; leave it out");

    Path finished = folder.resolve("finished");
    RunDirectory.create(finished, plain.finished(FinishKind.ALL));
    Path checkpoints = Files.createDirectory(finished.resolve("checkpoints"));
    Files.writeString(checkpoints.resolve("latest"), "step-000720\n");
    Program.run("graft", "--resume", finished, "--steps", 10)
        .refuses(none, "--steps is 10, and " + finished + " has 20 behind it");
    for (String flag : List.of("--steps", "--finish-steps")) {
      Program.run("graft", "--resume", finished, flag, 1000)
          .refuses(none, finished + " has no checkpoint of step 20, from which its finish");
    }
  }

  @Test
  void aStoppedTrainingHasSavedItsStepAndSaysHowToGoOn() throws Exception {
    Process process =
        ChildJvm.interruptible(
                ChildJvm.of(
                    List.of(),
                    Tsugiki.class,
                    words(
                        "--steps", 1_000_000, "--checkpoint-every", 500_000, "--measure-every", 1)))
            .start();
    Path metrics = run.resolve("metrics.jsonl");
    while (process.isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 1000)) {
      Thread.sleep(20);
    }
    ChildJvm.signal(process, "INT");
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isEqualTo(128 + 2);
    String latest = Files.readString(run.resolve("checkpoints/latest")).strip();
    long step = Long.parseLong(latest.substring("step-".length()));
    assertThat(out)
        .contains(
            "stopped after step %d of 1000000, which is saved; go on with tsugiki graft --resume %s"
                .formatted(step, run));
    Program.run("graft", "--resume", run, "--steps", step + 1).succeeds();
  }

  @Test
  void theOtherVerbsTakeTheRunOfAGraft() throws IOException {
    Path json = folder.resolve("result.json");
    Program program =
        graft("--steps", 1, "--truncation", 0.8, "--network", "starter", "--json", json).succeeds();
    assertThat(program.out()).contains("graft/site_6", "trained in all");
    assertThat(Files.readString(json)).contains("\"before\"", "\"after\"", "kmmd/starter");

    Path drawn = folder.resolve("drawn");
    Program.run("generate", "--model", run, "--count", 3, "--out", drawn).succeeds();
    assertThat(Pixels.of(drawn.resolve("000002.png"))).hasSize(32 * 32);
    Path strip = folder.resolve("strip.png");
    Program.run("interpolate", "--model", run, "--from", 0, "--to", 2, "--out", strip).succeeds();
    assertThat(strip).isNotEmptyFile();
    assertThat(Program.run("inspect", "--model", run).succeeds().out())
        .contains("grafted-biggan", "graft/class_vector", "# A grafted generator")
        .doesNotContain("graft/latents");
    Program.run("generate", "--model", run, "--class", "rose", "--out", folder.resolve("none"))
        .refuses(folder.resolve("none"), "--class rose cannot be drawn", "has no classes");
    Path twice = folder.resolve("twice");
    graft("--generator", run, "--out", twice, "--steps", 1, "--class-from", "rose")
        .refuses(twice, "--class-from rose cannot be drawn: " + run, "has no classes");
    graft("--generator", run, "--out", twice, "--steps", 1).succeeds();
    assertThat(Program.run("inspect", "--model", twice).succeeds().out())
        .contains("grafted-biggan", "generator/graft_1/site_6", "graft/site_6");
  }

  @Test
  void theLogHoldsTheCommandTheVersionTheDeviceTheDataAndTheStackTraceOfAFailure() {
    Program failed = graft("--steps", 3, "--layer-rate", "1e30");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err())
        .startsWith("tsugiki: the training diverged: ")
        .contains("lower the learning rates", "The details are in " + run.resolve("log.txt"));
    assertThat(run.resolve("log.txt"))
        .content()
        .contains("tsugiki graft", "--layer-rate 1e30", "--images " + images)
        .contains("(not from a jar)", "on the device cpu", "images: SHA-256 ")
        .contains("DivergedException", "at tsugiki.train.TrainingLoop");
  }

  /** Grafts; what is said here replaces the flags that point to the good input. */
  private Program graft(Object... flags) {
    return Program.run(words(flags));
  }

  private Object[] words(Object... flags) {
    List<Object> words = new ArrayList<>(List.of("graft", "--device", "cpu"));
    List<Object> said = Arrays.asList(flags);
    Map.of(
            "--images",
            images,
            "--generator",
            generator,
            "--perceptual",
            "starter:" + network,
            "--network",
            "starter:" + network,
            "--score-images",
            50,
            "--out",
            run)
        .forEach(
            (flag, value) -> {
              if (!said.contains(flag)) {
                words.addAll(List.of(flag, value));
              }
            });
    words.addAll(said);
    return words.toArray();
  }

  private Path add(String name, byte[] content) {
    return TestImages.write(images, name, content);
  }

  private static byte[] png(BufferedImage image) {
    return TestImages.encode(image, "png");
  }
}
