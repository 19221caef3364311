package tsugiki.data;

/**
 * Resizing as MATLAB's {@code imresize} does it, with the bicubic kernel (Keys 1981, a = −1/2) and
 * antialiasing: where an image becomes smaller the kernel is widened by the same factor. SinGAN and
 * ConSinGAN make their pyramids with it, and it is not what image libraries call bicubic: beyond
 * the border the image is mirrored, and the factor may differ from the quotient of the sizes.
 */
public final class MatlabResizer {
  private static final double SUPPORT = 4;

  /** Rounding that products of floating-point numbers carry, far below a pixel. */
  private static final double SLACK = 1e-6;

  private MatlabResizer() {}

  /**
   * The length of a side times a factor, rounded up as {@code imresize} does; a product that is a
   * whole number but for its rounding stays that number.
   *
   * @param length in pixels
   * @param factor above 0
   * @return at least 1
   */
  public static int scaled(int length, double factor) {
    return Math.max(1, (int) Math.ceil(length * factor - SLACK));
  }

  /**
   * Resizes an image by one factor for both sides, into bytes.
   *
   * @param image any size
   * @param factor above 0
   * @return the image [⌈height · factor⌉, ⌈width · factor⌉, 3], values cut off to 0 … 255 and then
   *     towards zero, as the reference implementations convert them
   */
  public static RgbImage resize(RgbImage image, double factor) {
    return exact(image, factor).bytes();
  }

  /**
   * Resizes an image to a size, into bytes; the factors are the quotients of the sides.
   *
   * @param height of the result in pixels
   * @param width of the result in pixels
   */
  public static RgbImage resize(RgbImage image, int height, int width) {
    return exact(image, height, width).bytes();
  }

  /**
   * Resizes an image by one factor for both sides, without rounding: what a network reads.
   *
   * @param image any size
   * @param factor above 0
   * @return the image [⌈height · factor⌉, ⌈width · factor⌉, 3], values cut off to 0 … 255; by a
   *     factor of 1 the image as it is
   */
  public static FloatImage exact(RgbImage image, double factor) {
    return exact(
        image, scaled(image.height(), factor), scaled(image.width(), factor), factor, factor);
  }

  /**
   * Resizes an image to a size, without rounding; the factors are the quotients of the sides.
   *
   * @param height of the result in pixels
   * @param width of the result in pixels
   */
  public static FloatImage exact(RgbImage image, int height, int width) {
    return exact(
        image, height, width, (double) height / image.height(), (double) width / image.width());
  }

  private static FloatImage exact(
      RgbImage image, int height, int width, double factorY, double factorX) {
    if (height == image.height() && width == image.width()) {
      return FloatImage.of(image);
    }
    Taps rows = Taps.of(image.height(), height, factorY);
    Taps columns = Taps.of(image.width(), width, factorX);
    double[] tall = new double[height * image.width() * RgbImage.CHANNELS];
    int line = image.width() * RgbImage.CHANNELS;
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < rows.index[y].length; k++) {
        double weight = rows.weight[y][k];
        int from = rows.index[y][k] * line;
        for (int i = 0; i < line; i++) {
          tall[y * line + i] += weight * Byte.toUnsignedInt(image.rgb()[from + i]);
        }
      }
    }
    float[] rgb = new float[height * width * RgbImage.CHANNELS];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
          double sum = 0;
          for (int k = 0; k < columns.index[x].length; k++) {
            sum += columns.weight[x][k] * tall[y * line + columns.index[x][k] * 3 + c];
          }
          rgb[(y * width + x) * 3 + c] = (float) Math.max(0, Math.min(255, sum));
        }
      }
    }
    return new FloatImage(image.name(), height, width, rgb);
  }

  /** The input samples that make every output sample, and their weights. */
  private record Taps(int[][] index, double[][] weight) {
    static Taps of(int inputs, int outputs, double factor) {
      double narrowing = Math.min(1, factor);
      double width = SUPPORT / narrowing;
      int count = (int) Math.ceil(width) + 2;
      Taps taps = new Taps(new int[outputs][count], new double[outputs][count]);
      for (int i = 0; i < outputs; i++) {
        // The centre of the output sample among the input samples, both counted from 1.
        double centre = (i + 1) / factor + 0.5 * (1 - 1 / factor);
        int left = (int) Math.floor(centre - width / 2);
        double sum = 0;
        for (int k = 0; k < count; k++) {
          taps.index[i][k] = mirrored(left + k - 1, inputs);
          taps.weight[i][k] = cubic(narrowing * (centre - left - k));
          sum += taps.weight[i][k];
        }
        for (int k = 0; k < count; k++) {
          taps.weight[i][k] /= sum;
        }
      }
      return taps;
    }

    /** … 1 0 | 0 1 2 … n−1 | n−1 n−2 … */
    private static int mirrored(int index, int inputs) {
      int period = Math.floorMod(index, 2 * inputs);
      return period < inputs ? period : 2 * inputs - 1 - period;
    }
  }

  private static double cubic(double x) {
    double t = Math.abs(x);
    if (t <= 1) {
      return (1.5 * t - 2.5) * t * t + 1;
    }
    return t <= 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
  }
}
