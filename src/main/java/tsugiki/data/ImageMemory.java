package tsugiki.data;

import com.google.common.math.LongMath;
import tsugiki.base.BadInputException;

/** The memory that decoded images take. */
final class ImageMemory {
  private static final double GIB = 1L << 30;

  private ImageMemory() {}

  /**
   * Refuses more images than Java's memory holds.
   *
   * @param count of the images
   * @param side in pixels
   * @throws BadInputException with both sizes
   */
  static void check(int count, int side) {
    long image = LongMath.saturatedMultiply((long) side * side, RgbImage.CHANNELS);
    long all = LongMath.saturatedMultiply(image, count);
    long memory = Runtime.getRuntime().maxMemory();
    if (image > Integer.MAX_VALUE || all > memory) {
      throw new BadInputException(
          "%d images of %d×%d pixels take %,.1f GiB, and Java's memory has %,.1f; take smaller or fewer images"
              .formatted(count, side, side, all / GIB, memory / GIB));
    }
  }
}
