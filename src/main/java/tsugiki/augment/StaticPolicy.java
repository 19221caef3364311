package tsugiki.augment;

import java.util.Locale;
import java.util.SplittableRandom;
import tsugiki.data.RgbImage;

/**
 * A static policy: what is done to a copy of a training image before any training, so that the
 * copies enlarge the dataset. The discriminator takes them for real images, and a generator learns
 * to draw them.
 */
public enum StaticPolicy {
  /**
   * Lower or higher contrast: y = m + f·(x − m), rounded and cut to 0 … 255, where m is the mean of
   * all samples of the image and f is drawn per image, see {@link #contrastFactor}.
   */
  CONTRAST,
  /** The negative: y = 255 − x. */
  INVERT,
  /** Mirrored left to right. */
  HFLIP,
  /** Mirrored top to bottom. */
  VFLIP,
  /** An image that a generator draws, in place of a changed copy. */
  GENERATED;

  /** The factor of lower contrast is drawn from [{@value}, {@link #LOWER_END}). */
  public static final float LOWER = 0.5f;

  /** Where lower contrast ends. */
  public static final float LOWER_END = 0.8f;

  /** The factor of higher contrast is drawn from [{@value}, {@link #HIGHER_END}). */
  public static final float HIGHER = 1.25f;

  /** Where higher contrast ends. */
  public static final float HIGHER_END = 2f;

  private static final int WHITE = 255;

  /**
   * The factor of contrast of one image: lower or higher, each with probability ½, and uniform
   * within either. What lies between would change an image too little to count as another one.
   *
   * @param random draws it; takes two numbers
   */
  public static float contrastFactor(SplittableRandom random) {
    boolean lower = random.nextBoolean();
    float part = (float) random.nextDouble();
    return lower ? LOWER + (LOWER_END - LOWER) * part : HIGHER + (HIGHER_END - HIGHER) * part;
  }

  /**
   * A changed copy of an image.
   *
   * @param image stays as it is
   * @param factor of the contrast; unused by the other policies
   * @return an image of the same size and name
   * @throws UnsupportedOperationException by {@link #GENERATED}, which changes no image
   */
  public RgbImage apply(RgbImage image, float factor) {
    byte[] changed =
        switch (this) {
          case CONTRAST -> contrast(image.rgb(), factor);
          case INVERT -> inverted(image.rgb());
          case HFLIP -> moved(image, false);
          case VFLIP -> moved(image, true);
          case GENERATED -> throw new UnsupportedOperationException("a generator draws these");
        };
    return new RgbImage(image.name(), image.height(), image.width(), changed);
  }

  private static byte[] contrast(byte[] rgb, float factor) {
    long sum = 0;
    for (byte sample : rgb) {
      sum += Byte.toUnsignedInt(sample);
    }
    double mean = (double) sum / rgb.length;
    byte[] changed = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      long value = Math.round(mean + factor * (Byte.toUnsignedInt(rgb[i]) - mean));
      changed[i] = (byte) Math.max(0, Math.min(WHITE, value));
    }
    return changed;
  }

  private static byte[] inverted(byte[] rgb) {
    byte[] changed = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      changed[i] = (byte) (WHITE - Byte.toUnsignedInt(rgb[i]));
    }
    return changed;
  }

  private static byte[] moved(RgbImage image, boolean vertically) {
    int width = image.width();
    int height = image.height();
    byte[] changed = new byte[image.rgb().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = vertically ? (height - 1 - y) * width + x : y * width + width - 1 - x;
        System.arraycopy(
            image.rgb(),
            from * RgbImage.CHANNELS,
            changed,
            (y * width + x) * RgbImage.CHANNELS,
            RgbImage.CHANNELS);
      }
    }
    return changed;
  }

  /** The name as it is written on the command line and in file names. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
