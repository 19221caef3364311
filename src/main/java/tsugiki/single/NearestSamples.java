package tsugiki.single;

import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tsugiki.data.RgbImage;

/**
 * The picture {@code nearest.png} of a training on one image. Every sample has the same nearest
 * training image, so the samples that are nearest to it are shown, each with what sets it apart.
 */
final class NearestSamples {
  /** What it shows. */
  static final String CAPTION =
      "The samples nearest to the given image, each beside its difference to it: black is a copy";

  private static final int MOST = 4;
  private static final int COLUMNS = 4;

  private NearestSamples() {}

  /**
   * Draws it.
   *
   * @param image the training image
   * @param samples of its size, at least one; the four of the least squared error are shown, the
   *     nearest first
   */
  static BufferedImage picture(RgbImage image, List<RgbImage> samples) {
    List<RgbImage> pairs =
        samples.stream()
            .sorted(Comparator.comparingDouble(sample -> StageScores.rmse(image, sample)))
            .limit(MOST)
            .flatMap(sample -> Stream.of(sample, difference(image, sample)))
            .toList();
    return StagePictures.grid(pairs, COLUMNS);
  }

  /** The absolute difference of every value. */
  private static RgbImage difference(RgbImage image, RgbImage sample) {
    byte[] rgb = new byte[image.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] =
          (byte) Math.abs(Byte.toUnsignedInt(image.rgb()[i]) - Byte.toUnsignedInt(sample.rgb()[i]));
    }
    return new RgbImage("difference", image.height(), image.width(), rgb);
  }
}
