package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.OnLine;
import tsugiki.base.SystemProperty;
import tsugiki.painting.PaintedShapes;

/**
 * Images that are deleted while a training runs. All images are in memory before the first step, so
 * the training ends as if they were there; only a run that goes on misses them.
 */
@Tag("slow")
class DeletedImagesTest {
  /** What logs how far a training is: a line after its first step. */
  private static final String STEPS = "tsugiki.train.TrainingProgress";

  @TempDir private static Path models;
  @TempDir private Path folder;

  @BeforeAll
  static void writeModels() {
    TrainingVerb.makeInput(models);
  }

  @ParameterizedTest
  @CsvSource({
    "train --recipe dcgan --size 28 --channels 2 --latent 5 --score-network none --data, --steps 4",
    "train --recipe features --size 32 --channels 4 --data, ''",
    "graft --generator MODEL/tiny --perceptual starter:MODEL/network --network starter:MODEL/network --score-images 50 --images, --steps 4",
  })
  void aTrainingEndsWithTheImagesThatItHasRead(String words, String further) throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 32);
    Path run = folder.resolve("run");
    String flags = "%s %s --steps 3 --batch 4 --checkpoint-every 1 --device cpu --out %s";
    String line = flags.formatted(words.replace("MODEL", models.toString()), data, run);
    try (SystemProperty noBars = new SystemProperty("tsugiki.terminal", "false");
        SystemProperty atOnce = new SystemProperty("tsugiki.phase", "0");
        OnLine first = new OnLine(STEPS, "images/s", () -> delete(data))) {
      Program.run((Object[]) line.split(" ")).succeeds();
      assertThat(first.done()).as("the images were deleted after the first step").isTrue();
    }
    assertThat(data).doesNotExist();
    assertThat(run.resolve("model/saved_model.pb")).isNotEmptyFile();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("log.txt"))
        .content()
        .contains("reading the images of " + data)
        .contains(TrainingVerb.PHASES);
    assertThat(run.resolve("checkpoints/latest")).hasContent("step-000003");

    String again = "%s --resume %s %s".formatted(words.split(" ")[0], run, further).strip();
    Program.run((Object[]) again.split(" ")).refuses(data, "'" + data + "' does not exist");
    assertThat(run.resolve("checkpoints/latest")).hasContent("step-000003");
  }

  private static void delete(Path data) {
    try {
      PathUtils.deleteDirectory(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
