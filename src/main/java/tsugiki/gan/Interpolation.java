package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import tsugiki.report.ImageGrid;
import tsugiki.report.Pictures;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LatentPath;

/**
 * The picture {@code interpolation.png} of a run: walks from one latent vector to another, one per
 * row. On the page of a run a slider moves along all of them at once.
 */
public final class Interpolation {
  /** The picture's name in the run directory. */
  public static final String FILE = "interpolation.png";

  /** Images of a walk, its ends included: columns of the picture. */
  public static final int FRAMES = 9;

  private static final int MOST_WALKS = 4;

  /** The rows together are no taller than this, in pixels, so that a run's page stays small. */
  private static final int TALLEST = 1024;

  private static final int GAP = 2;

  private Interpolation() {}

  /**
   * The number of walks that are shown: four, or two of images of 512 pixels.
   *
   * @param size the side of an image in pixels
   */
  public static int walks(int size) {
    return Math.max(1, Math.min(MOST_WALKS, TALLEST / size));
  }

  /**
   * The latent vectors of walks. The ends of walk i are those of the seeds {@code firstSeed} + 2i
   * and {@code firstSeed} + 2i + 1; an arc leads from one to the other.
   *
   * @param walks their number
   * @param length D, that of a latent vector
   * @param truncation where the ends are cut, {@link LatentDraws#UNTRUNCATED} for nowhere
   * @return [walks × {@link #FRAMES}, D], row-major
   */
  public static float[] latents(int walks, int length, double truncation, long firstSeed) {
    float[] latents = new float[walks * FRAMES * length];
    for (int walk = 0; walk < walks; walk++) {
      long seed = firstSeed + 2L * walk;
      float[] ends = LatentDraws.normal(length, truncation, seed, seed + 1);
      float[] between =
          LatentPath.spherical(
              Arrays.copyOf(ends, length), Arrays.copyOfRange(ends, length, 2 * length), FRAMES);
      System.arraycopy(between, 0, latents, walk * between.length, between.length);
    }
    return latents;
  }

  /**
   * The picture.
   *
   * @param images of {@link #latents}, uint8 NHWC
   * @param size the side of an image in pixels
   */
  public static BufferedImage picture(byte[] images, int size) {
    int count = images.length / (3 * size * size);
    return ImageGrid.of(
        images, count, size, size, FRAMES, GAP, Pictures.readableScale(count, size, size));
  }
}
