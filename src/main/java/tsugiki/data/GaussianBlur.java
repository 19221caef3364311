package tsugiki.data;

import java.util.Arrays;

/**
 * A Gaussian blur along the rows and then along the columns. Beyond the border the border is
 * repeated, as by SciPy's {@code gaussian_filter} with the mode {@code nearest}.
 */
public final class GaussianBlur {
  private final double[] kernel;

  /**
   * Prepares it.
   *
   * @param sigma the standard deviation in pixels, above 0
   * @param deviations beyond so many the kernel is cut, such as 4
   */
  public GaussianBlur(double sigma, double deviations) {
    int reach = (int) (deviations * sigma + 0.5);
    kernel = new double[2 * reach + 1];
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = Math.exp(-k * k / (2 * sigma * sigma));
    }
    double sum = Arrays.stream(kernel).sum();
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
  }

  /**
   * Blurs an image.
   *
   * @param values [height, width, channels], row-major
   * @param width of a row in pixels
   * @param channels per pixel
   * @return another array of the same shape
   */
  public float[] of(float[] values, int width, int channels) {
    float[] alongRows = along(values, width, channels);
    return along(alongRows, values.length / (width * channels), width * channels);
  }

  /** Blurs along a dimension of that length, two neighbours of which are so far apart. */
  private float[] along(float[] values, int length, int stride) {
    int reach = kernel.length / 2;
    float[] blurred = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int place = i / stride % length;
      double sum = 0;
      for (int k = -reach; k <= reach; k++) {
        int other = Math.max(0, Math.min(length - 1, place + k));
        sum += kernel[k + reach] * values[i + (other - place) * stride];
      }
      blurred[i] = (float) sum;
    }
    return blurred;
  }
}
