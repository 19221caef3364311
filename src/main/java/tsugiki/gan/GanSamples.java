package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import tsugiki.report.ImageGrid;
import tsugiki.savedmodel.LatentDraws;
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
   * Writes {@code samples.png} and {@code interpolation.png}, drawn by the generator that is kept.
   *
   * @return the images of the samples, uint8 NHWC
   */
  byte[] write(RunDirectory run) {
    byte[] drawn = training.kept(this::pixels);
    ImageGrid.write(grid(drawn), run.resolve("samples.png"));
    ImageGrid.write(
        Interpolation.picture(training.kept(this::interpolated), size),
        run.resolve(Interpolation.FILE));
    return drawn;
  }

  /** Walks within the first classes, one a row; over again where there are fewer than rows. */
  private byte[] interpolated() {
    int walks = Interpolation.walks(size);
    int classes = Math.max(1, shown().size());
    return training.draw(
        IntStream.range(0, walks * Interpolation.FRAMES)
            .mapToLong(i -> i / Interpolation.FRAMES % classes)
            .toArray(),
        Interpolation.latents(
            walks, training.networks().latentSize(), LatentDraws.UNTRUNCATED, seed));
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
