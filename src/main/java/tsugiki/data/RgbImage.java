package tsugiki.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One decoded image.
 *
 * @param name its name in its source: its path there, with '/' between folders
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param rgb uint8 samples [height, width, 3], row-major; shared, not copied, and not to be written
 *     to once the image is handed on
 */
public record RgbImage(String name, int height, int width, byte[] rgb) {
  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  /**
   * Checks that the samples fit the size.
   *
   * @throws IllegalArgumentException if a side is below 1 or {@code rgb} has another length than
   *     {@code height * width * 3}
   */
  public RgbImage {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "image '%s' has size %d×%d; both sides must be at least 1"
              .formatted(name, width, height));
    }
    long expected = (long) height * width * CHANNELS;
    if (rgb.length != expected) {
      throw new IllegalArgumentException(
          "image '%s' of %d×%d needs %d samples, not %d"
              .formatted(name, width, height, expected, rgb.length));
    }
  }

  /**
   * The images of an array, named by their numbers.
   *
   * @param name what the number follows
   * @param nhwc uint8 [N, height, width, 3], row-major; copied
   * @return N images
   */
  public static List<RgbImage> split(String name, int height, int width, byte[] nhwc) {
    int length = height * width * CHANNELS;
    return IntStream.range(0, nhwc.length / length)
        .mapToObj(
            i ->
                new RgbImage(
                    name + " " + i,
                    height,
                    width,
                    Arrays.copyOfRange(nhwc, i * length, (i + 1) * length)))
        .toList();
  }

  /**
   * Returns the same pixels under another name.
   *
   * @param newName the name
   * @return an image that shares this one's samples
   */
  public RgbImage named(String newName) {
    return new RgbImage(newName, height, width, rgb);
  }

  /**
   * Returns one sample.
   *
   * @param y row, from the top
   * @param x column, from the left
   * @param channel 0 red, 1 green, 2 blue
   * @return its value, 0 to 255
   */
  public int sample(int y, int x, int channel) {
    return Byte.toUnsignedInt(rgb[(y * width + x) * CHANNELS + channel]);
  }
}
