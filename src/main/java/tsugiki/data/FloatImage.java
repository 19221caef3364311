package tsugiki.data;

/**
 * An image whose samples are not rounded to bytes, such as a resized one.
 *
 * @param name of what it was made of
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param rgb samples from 0 to 255 [height, width, 3], row-major; shared, not copied, and not to be
 *     written to once the image is handed on
 */
public record FloatImage(String name, int height, int width, float[] rgb) {
  /** Sums of products must not turn 200 into 199. */
  private static final double SLACK = 1e-6;

  /**
   * Checks that the samples fit the size.
   *
   * @throws IllegalArgumentException if {@code rgb} has another length than {@code height * width *
   *     3}
   */
  public FloatImage {
    if (rgb.length != (long) height * width * RgbImage.CHANNELS) {
      throw new IllegalArgumentException(
          "image '%s' of %d×%d has %d samples".formatted(name, width, height, rgb.length));
    }
  }

  /** The samples of an image of bytes. */
  public static FloatImage of(RgbImage image) {
    float[] rgb = new float[image.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Byte.toUnsignedInt(image.rgb()[i]);
    }
    return new FloatImage(image.name(), image.height(), image.width(), rgb);
  }

  /** The image in bytes, its samples cut towards zero, as the reference implementations do it. */
  public RgbImage bytes() {
    byte[] cut = new byte[rgb.length];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = (byte) Math.floor(rgb[i] + SLACK);
    }
    return new RgbImage(name, height, width, cut);
  }

  /** The samples as numbers in [−1, 1], [height, width, 3] row-major. */
  public float[] centred() {
    float[] values = new float[rgb.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[i] / 127.5f - 1;
    }
    return values;
  }
}
