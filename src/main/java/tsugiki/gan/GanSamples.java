package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import tsugiki.report.ImageGrid;

/** The grid of samples of a GAN in training: a named row per class, or a square. */
final class GanSamples {
  private static final int COLUMNS = 8;

  /** Of more classes the first are shown. */
  private static final int MOST_ROWS = 50;

  private final GanTraining training;
  private final int size;
  private final long seed;

  /**
   * Makes it.
   *
   * @param size the side of an image in pixels
   * @param seed of the first latent vector
   */
  GanSamples(GanTraining training, int size, long seed) {
    this.training = training;
    this.size = size;
    this.seed = seed;
  }

  /** Draws it, of the same latent vectors every time. */
  BufferedImage draw() {
    List<String> classes = training.classNames();
    List<String> shown = classes.subList(0, Math.min(MOST_ROWS, classes.size()));
    int rows = shown.isEmpty() ? COLUMNS : shown.size();
    long[] labels =
        IntStream.range(0, rows * COLUMNS)
            .mapToLong(i -> shown.isEmpty() ? 0 : i / COLUMNS)
            .toArray();
    return ImageGrid.readable(training.draw(labels, seed), size, COLUMNS, shown);
  }
}
