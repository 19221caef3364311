package tsugiki.data;

import java.util.Arrays;

/**
 * Antialiased resizing with the Lanczos filter of three lobes.
 *
 * <p>When an image is made smaller the filter is widened by the same factor, so that detail too
 * fine for the new size is averaged instead of folded into false patterns (Turkowski, "Filters for
 * common resampling tasks", 1990; Parmar, Zhang and Zhu, "On aliased resizing", CVPR 2022, for what
 * that does to FID). Both passes run in float and samples are rounded once, at the end;
 * TwelveMonkeys' ResampleOp, which has the same filters, rounds and clips between the passes.
 */
public final class Resampler {
  private static final double LOBES = 3;

  private Resampler() {}

  /**
   * Cuts the largest centred square out of an image and resizes it.
   *
   * @param image any size
   * @param size side of the result in pixels, at least 1
   * @return the square [size, size, 3], under the same name
   */
  public static RgbImage square(RgbImage image, int size) {
    return fitted(image, size, size);
  }

  /**
   * Cuts the largest centred rectangle of some proportions out of an image and resizes it.
   *
   * @param image any size
   * @param height of the result in pixels, at least 1
   * @param width of the result in pixels, at least 1
   * @return the rectangle [height, width, 3], under the same name
   */
  public static RgbImage fitted(RgbImage image, int height, int width) {
    double scale = Math.min(image.height() / (double) height, image.width() / (double) width);
    int cutHeight = (int) Math.max(1, Math.round(scale * height));
    int cutWidth = (int) Math.max(1, Math.round(scale * width));
    return resize(centreCrop(image, cutHeight, cutWidth), height, width);
  }

  /**
   * Cuts a centred rectangle out of an image; where the margin is odd, the smaller half is on the
   * left and above.
   *
   * @param image at least as large as the rectangle
   * @param height of the rectangle
   * @param width of the rectangle
   * @return the rectangle, under the same name
   */
  public static RgbImage centreCrop(RgbImage image, int height, int width) {
    if (height == image.height() && width == image.width()) {
      return image;
    }
    if (height > image.height() || width > image.width()) {
      throw new IllegalArgumentException(
          "cannot cut %d×%d out of image '%s' of %d×%d"
              .formatted(width, height, image.name(), image.width(), image.height()));
    }
    int top = (image.height() - height) / 2;
    int left = (image.width() - width) / 2;
    byte[] rgb = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      int from = ((top + y) * image.width() + left) * 3;
      System.arraycopy(image.rgb(), from, rgb, y * width * 3, width * 3);
    }
    return new RgbImage(image.name(), height, width, rgb);
  }

  /**
   * Resizes an image, without regard to its proportions.
   *
   * @param image any size
   * @param height of the result in pixels, at least 1
   * @param width of the result in pixels, at least 1
   * @return the resized image [height, width, 3], under the same name; the image itself where it
   *     has that size
   */
  public static RgbImage resize(RgbImage image, int height, int width) {
    if (height == image.height() && width == image.width()) {
      return image;
    }
    float[] narrowed = resizeRows(image, Taps.of(image.width(), width));
    byte[] rgb = resizeColumns(narrowed, width * 3, Taps.of(image.height(), height));
    return new RgbImage(image.name(), height, width, rgb);
  }

  private static float[] resizeRows(RgbImage image, Taps taps) {
    float[] result = new float[image.height() * taps.count() * 3];
    float[] row = new float[image.width() * 3];
    int out = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = Byte.toUnsignedInt(image.rgb()[y * row.length + i]);
      }
      for (int x = 0; x < taps.count(); x++, out += 3) {
        addPixels(row, taps.first()[x], taps.weights()[x], result, out);
      }
    }
    return result;
  }

  private static void addPixels(float[] row, int first, float[] weights, float[] sums, int out) {
    float red = 0;
    float green = 0;
    float blue = 0;
    int in = first * 3;
    for (float weight : weights) {
      red += weight * row[in];
      green += weight * row[in + 1];
      blue += weight * row[in + 2];
      in += 3;
    }
    sums[out] = red;
    sums[out + 1] = green;
    sums[out + 2] = blue;
  }

  private static byte[] resizeColumns(float[] rows, int rowLength, Taps taps) {
    byte[] rgb = new byte[taps.count() * rowLength];
    float[] sums = new float[rowLength];
    for (int y = 0; y < taps.count(); y++) {
      Arrays.fill(sums, 0);
      float[] weights = taps.weights()[y];
      for (int k = 0; k < weights.length; k++) {
        int from = (taps.first()[y] + k) * rowLength;
        for (int i = 0; i < rowLength; i++) {
          sums[i] += weights[k] * rows[from + i];
        }
      }
      for (int i = 0; i < rowLength; i++) {
        rgb[y * rowLength + i] = (byte) Math.max(0, Math.min(255, Math.round(sums[i])));
      }
    }
    return rgb;
  }

  /**
   * Which input samples make each output sample: {@code weights[i]} sum to 1 and apply from input
   * sample {@code first[i]} on. Outside the image there is nothing, so weights at its border are
   * cut off and the rest scaled up.
   */
  private record Taps(int[] first, float[][] weights) {
    static Taps of(int inputs, int outputs) {
      double scale = (double) inputs / outputs;
      double widening = Math.max(1, scale);
      double radius = LOBES * widening;
      Taps taps = new Taps(new int[outputs], new float[outputs][]);
      for (int i = 0; i < outputs; i++) {
        double centre = (i + 0.5) * scale;
        int first = (int) Math.max(0, Math.round(centre - radius));
        int end = (int) Math.min(inputs, Math.round(centre + radius));
        taps.first[i] = first;
        taps.weights[i] = weights(first, end, centre, widening);
      }
      return taps;
    }

    int count() {
      return first.length;
    }

    private static float[] weights(int first, int end, double centre, double widening) {
      double[] values = new double[end - first];
      double sum = 0;
      for (int k = 0; k < values.length; k++) {
        values[k] = lanczos((first + k + 0.5 - centre) / widening);
        sum += values[k];
      }
      float[] weights = new float[values.length];
      for (int k = 0; k < values.length; k++) {
        weights[k] = (float) (values[k] / sum);
      }
      return weights;
    }
  }

  private static double lanczos(double x) {
    return Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
