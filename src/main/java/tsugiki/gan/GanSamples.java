package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import tsugiki.report.ImageGrid;
import tsugiki.train.RunDirectory;

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
    return grid(pixels());
  }

  /**
   * Writes {@code samples.png}, drawn by the generator that is kept.
   *
   * @return its images, uint8 NHWC
   */
  byte[] write(RunDirectory run) {
    byte[] drawn = training.kept(this::pixels);
    ImageGrid.write(grid(drawn), run.resolve("samples.png"));
    return drawn;
  }

  private byte[] pixels() {
    int rows = shown().isEmpty() ? COLUMNS : shown().size();
    return training.draw(
        IntStream.range(0, rows * COLUMNS)
            .mapToLong(i -> shown().isEmpty() ? 0 : i / COLUMNS)
            .toArray(),
        seed);
  }

  private BufferedImage grid(byte[] pixels) {
    return ImageGrid.readable(pixels, size, COLUMNS, shown());
  }

  private List<String> shown() {
    List<String> classes = training.classNames();
    return classes.subList(0, Math.min(MOST_ROWS, classes.size()));
  }
}
