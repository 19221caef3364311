package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tsugiki.data.ImageSet;
import tsugiki.train.BrokenRun;
import tsugiki.train.RunDirectory;

/** Whole runs of small GANs. */
final class GanRuns {
  private GanRuns() {}

  /** Trains a run to its end, without features and without held-out images. */
  static void train(RunDirectory run, GanRunOptions options, ImageSet images) {
    GanInput input =
        new GanInput(images, TrainingLabels.of(images), Optional.empty(), Optional.empty());
    try (GanRun gan = new GanRun(options, input)) {
      assertThat(gan.train(run).metrics()).containsKeys("loss_d", "loss_g");
    }
  }

  /**
   * Trains a run of three steps or more with a checkpoint after the second, and once more what is
   * left after that one, by the options as they were stored: to the bit the same.
   *
   * @param folder for both
   * @return the unbroken run
   */
  static Path resumed(Path folder, GanRunOptions options, ImageSet images) throws IOException {
    Path whole = folder.resolve("whole");
    train(RunDirectory.create(whole, options), options, images);
    BrokenRun.resumesToTheBit(
        whole,
        folder.resolve("broken"),
        2,
        run -> {
          GanRunOptions read = run.options(GanRunOptions.class);
          assertThat(read).isEqualTo(options);
          train(run, read, images);
        });
    return whole;
  }
}
