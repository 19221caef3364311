package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.util.List;
import tsugiki.data.ImageSet;
import tsugiki.report.ImageGrid;
import tsugiki.report.Pictures;
import tsugiki.score.Memorisation;

/** The picture {@code nearest.png} of a run: samples, each beside its nearest training image. */
public final class NearestImages {
  /** The picture's name in the run directory. */
  public static final String FILE = "nearest.png";

  /** What it shows. */
  public static final String CAPTION =
      "Of the samples above those nearest to a training image, each beside that image";

  private static final int MOST = 16;
  private static final int COLUMNS = 4;
  private static final int GAP = 2;

  private NearestImages() {}

  /**
   * Draws it.
   *
   * @param samples uint8 NHWC, of the size of the training images
   * @param images the training images
   * @param pairs of a sample and its nearest training image, the closest first, at least one; the
   *     first 16 are shown
   */
  public static BufferedImage picture(
      byte[] samples, ImageSet images, List<Memorisation.Pair> pairs) {
    List<Memorisation.Pair> shown = pairs.stream().limit(MOST).toList();
    int length = images.imageLength();
    byte[] left = new byte[shown.size() * length];
    for (int i = 0; i < shown.size(); i++) {
      System.arraycopy(samples, shown.get(i).generated() * length, left, i * length, length);
    }
    byte[] right =
        images.select(shown.stream().mapToInt(Memorisation.Pair::training).toArray()).pixels();
    int size = images.size();
    return ImageGrid.pairs(
        left,
        right,
        shown.size(),
        size,
        size,
        Math.min(COLUMNS, shown.size()),
        GAP,
        Pictures.readableScale(size, size));
  }
}
