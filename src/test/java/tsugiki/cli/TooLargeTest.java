package tsugiki.cli;

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
import tsugiki.data.TestImages;
import tsugiki.painting.PaintedShapes;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/**
 * Sizes and numbers that no machine has room or time for are refused before anything is written.
 */
@Tag("slow")
class TooLargeTest {
  private static final String NO_NUMBER = "it takes no number";

  /** The verbs without a case, each with the reason. */
  private static final Map<String, String> WITHOUT =
      Map.of(
          "completion", NO_NUMBER,
          "devices", NO_NUMBER,
          "export", "its one number, a step of --checkpoint, is looked up",
          "fetch", NO_NUMBER,
          "import", NO_NUMBER,
          "inspect", NO_NUMBER,
          "serve-check", NO_NUMBER);

  @TempDir private static Path shared;
  private static Path generator;
  private static Path photograph;
  private static Path data;

  @TempDir private Path folder;
  private Path out;

  @BeforeAll
  static void write() {
    generator = shared.resolve("generator");
    TinyGenerator.make().writer(Precision.FLOAT).write(generator);
    photograph = TestImages.write(shared, "a.png", TestImages.png(64, 64, 0x4080C0));
    data = PaintedShapes.in(shared.resolve("data"), 2, 32);
  }

  @BeforeEach
  void nameOut() {
    out = folder.resolve("out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batch 100000000 | --batch is 100000000; give at most 1048576",
        "--batch 1000000 --accumulate 1000 | so that a step has 1000000000 images",
        "--rank 100000000 | --rank is 100000000",
        "--group-size 2000000000 | --group-size is 2000000000",
        "--steps 9223372036854775807 | --steps is 9223372036854775807; give at most 1000000000",
        "--score-images 2000000000 | --score-images is 2000000000",
        "--score-images 1000000 --network starter | --score-images is 1000000; give at most",
        "--latent-start projection --projection-steps 2000000000 | --projection-steps is",
        "--finish all --finish-steps 2000000000 | --finish-steps is 2000000000",
        "--finish all --finish-width 100000000 | --finish-width is 100000000",
      })
  void aGraft(String flags, String named) {
    refused("graft --images %s --generator %s".formatted(photograph, generator), flags, named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--channels 100000000 | --channels is 100000000",
        "--channels 20000 | the networks need at least",
        "--layers 1000000 | --layers is 1000000; give at most 1000",
        "--stages 1000000 | --stages is 1000000",
        "--stages 0 --scale-factor 0.9999999 | --stages is",
        "--max-size 100000000 | --max-size is 100000000",
        "--steps 9223372036854775807 | --steps is 9223372036854775807",
        "--generator-updates 2000000000 | --generator-updates is 2000000000",
        "--discriminator-steps 2000000000 | --discriminator-steps is 2000000000",
        "--count 2000000000 | --count is 2000000000",
        "--count 1000000 | --count is 1000000; give at most",
        "--width 1000000 --height 1000000 | --width, --height or --factor ask for an image",
        "--width 30000 --height 20000 | --width and --height give a stage of",
        "--method singan --mode super-resolve --factor 100000 | --width, --height or --factor ask",
      })
  void aTrainingOnOneImage(String flags, String named) {
    refused("single --image " + photograph, flags, named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--channels 100000 | the networks need at least",
        "--batch 100000000 | --batch is 100000000; give at most 1048576",
        "--batch 1000000 | the networks need at least",
        "--batch 1000000 --accumulate 1000 | so that a step has 1000000000 images",
        "--multipliers 2000000000,1,1,1 | --multipliers has 2000000000, which with",
        "--steps 9223372036854775807 | --steps is 9223372036854775807",
        "--discriminator-steps 2000000000 | --discriminator-steps is 2000000000",
        "--standing-batches 2000000000 | --standing-batches is 2000000000",
        "--labels random --label-count 2000000000 | --label-count is 2000000000",
        "--recipe dcgan --channels 100000 | the networks need at least",
        "--recipe dcgan-book --size 1000000 | images of 1000000×1000000 pixels take",
        "--recipe features --channels 1000000 | the networks need at least",
        "--recipe features --depth 2000000000 | --depth is 2000000000",
        "--recipe features --batch 100000000 | --batch is 100000000",
        "--recipe features --steps 9223372036854775807 | --steps is 9223372036854775807",
        "--recipe features --size 1000000 | images of 1000000×1000000 pixels take",
        "--recipe features --teacher starter --views 2000000000 | --views is 2000000000",
        "--recipe features --teacher starter --teacher-side 1000000 | the networks need at least",
      })
  void aTraining(String flags, String named) {
    String size = flags.contains("--size") ? "" : " --size 32";
    refused("train --device cpu --data " + data + size, flags, named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "graft --judge starter --repeats 2000000000 | --repeats is 2000000000; give at most 1000",
        "graft --judge starter --batch 100000000 | --batch is 100000000",
        "graft --judge starter --counts 4 --score-images 1000000 | --score-images is 1000000; give",
        "labels --score-network starter --repeats 2000000000 | --repeats is 2000000000",
        "labels --score-network starter --labels 50% --channels 100000 | the networks need at least",
        "labels --score-network starter --labels 50% --feature-channels 1000000 | the networks need",
        "labels --score-network starter --feature-steps 2000000000 | steps is 2000000000",
        "labels --score-network starter --label-count 2000000000 | --label-count is 2000000000",
        "activation --judge starter --repeats 2000000000 | --repeats is 2000000000",
        "activation --judge starter --classifier none --channels 100000 | the networks need at least",
        "augmentation --judge starter --variants none --repeats 2000000000 | --repeats is 2000000000",
        "augmentation --judge starter --variants none --channels 100000 | the networks need at least",
        "augmentation --judge starter --variants none,hflip --copies 2000000000 | --copies is",
      })
  void aStudy(String flags, String named) {
    String size = flags.startsWith("graft") ? " --generator " + generator : " --size 32";
    refused("study " + flags, "--device cpu --data " + data + size, named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generate --model MODEL --count 2000000000 | --count is 2000000000; give 1 to 1000000",
        "generate --model MODEL --count 99999999999 | '99999999999' is not an int",
        "generate --model MODEL --seeds 0-99999999 | --seeds has 100000000 images",
        "generate --model MODEL --upscale 1000000 | --upscale is 1000000",
        "interpolate --model MODEL --from 0 --to 1 --frames 2000000000 | --frames is 2000000000",
        "invert --model MODEL --image IMAGE --steps 2000000000 | --steps is 2000000000",
        "augment --images DATA --policy hflip --count 2000000000 | --count is 2000000000",
        "features --images DATA --network starter --batch 100000000 | --batch is 100000000",
      })
  void whatDrawsAndReads(String words, String named) {
    refused(filled(words), "", named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score --model MODEL --count 2000000000 --real DATA --network starter | --count is 2000000000",
        "bench augment-step --batch 100000000 | --batch is 100000000",
        "bench dcgan-step --batch 100000000 | --batch is 100000000",
        "bench features --batch 100000000 | --batch is 100000000",
        "bench gan-step --batch 100000000 | --batch is 100000000",
        "bench graft-step --batch 100000000 | --batch is 100000000",
        "bench layer --batch 100000000 | --batch is 100000000",
        "bench single --channels 100000000 | --channels is 100000000",
        "cluster --workers 2000000000 -- graft | --workers is 2000000000; give at most 1000",
        "worker --task 2000000000 --cluster localhost:1,localhost:2 | --task is 2000000000",
      })
  void whatWritesNoFolder(String words, String named) {
    Program.run((Object[]) filled(words).split(" ")).refuses(out, named);
  }

  @Test
  void everyVerbThatTakesASizeIsTried() throws ReflectiveOperationException {
    List<String> cases = new ArrayList<>(List.of("graft", "single", "train"));
    cases("aStudy").forEach(words -> cases.add("study " + words));
    cases.addAll(cases("whatDrawsAndReads"));
    cases.addAll(cases("whatWritesNoFolder"));
    AllVerbs.haveCases(cases, WITHOUT);
  }

  /** The cases of a test here. */
  private static List<String> cases(String name) throws ReflectiveOperationException {
    return List.of(
        TooLargeTest.class
            .getDeclaredMethod(name, String.class, String.class)
            .getAnnotation(CsvSource.class)
            .value());
  }

  private static String filled(String words) {
    return words
        .replace("MODEL", generator.toString())
        .replace("IMAGE", photograph.toString())
        .replace("DATA", data.toString());
  }

  private void refused(String verb, String flags, String named) {
    List<String> words = new ArrayList<>(Arrays.asList((verb + " " + flags).strip().split(" ")));
    words.addAll(List.of("--out", out.toString()));
    Program.run(words.toArray()).refuses(out, named);
  }
}
