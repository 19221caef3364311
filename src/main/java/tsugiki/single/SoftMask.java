package tsugiki.single;

import java.util.Arrays;
import tsugiki.data.RgbImage;

/**
 * Where a changed image takes the place of the given one: a mask, widened by a disk and blurred, so
 * that its edges are soft.
 *
 * @param height rows
 * @param width columns
 * @param values 0 outside to 1 inside [height, width], row-major
 */
record SoftMask(int height, int width, double[] values) {
  private static final double SIGMA = 5;

  /** SciPy's: what lies beyond four deviations is left out. */
  private static final int REACH = (int) (4 * SIGMA + 0.5);

  /**
   * The soft mask of a mode: widened by 7 pixels to harmonize and by 20 to edit.
   *
   * @param mask white inside
   */
  static SoftMask of(RgbImage mask, SingleMode mode) {
    int radius = mode == SingleMode.EDIT ? 20 : 7;
    boolean[] inside = new boolean[mask.height() * mask.width()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = Byte.toUnsignedInt(mask.rgb()[3 * i]) >= 128;
    }
    double[] wide = widened(inside, mask.height(), mask.width(), radius);
    double[] soft =
        blurred(
            blurred(wide, mask.height(), mask.width(), 1),
            mask.height(),
            mask.width(),
            mask.width());
    double least = Arrays.stream(soft).min().orElseThrow();
    double most = Arrays.stream(soft).max().orElseThrow();
    for (int i = 0; i < soft.length; i++) {
      soft[i] = most > least ? (soft[i] - least) / (most - least) : most;
    }
    return new SoftMask(mask.height(), mask.width(), soft);
  }

  private static double[] widened(boolean[] inside, int height, int width, int radius) {
    double[] wide = new double[inside.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (inside[y * width + x]) {
          for (int dy = -radius; dy <= radius; dy++) {
            int reach = (int) Math.sqrt(radius * radius - dy * dy);
            int row = y + dy;
            if (row >= 0 && row < height) {
              Arrays.fill(
                  wide,
                  row * width + Math.max(0, x - reach),
                  row * width + Math.min(width, x + reach + 1),
                  1);
            }
          }
        }
      }
    }
    return wide;
  }

  /** Blurred along one side; the border is repeated. */
  private static double[] blurred(double[] values, int height, int width, int stride) {
    int length = stride == 1 ? width : height;
    double[] result = new double[values.length];
    double[] kernel = new double[2 * REACH + 1];
    for (int k = -REACH; k <= REACH; k++) {
      kernel[k + REACH] = Math.exp(-k * k / (2 * SIGMA * SIGMA));
    }
    double sum = Arrays.stream(kernel).sum();
    for (int i = 0; i < values.length; i++) {
      int place = stride == 1 ? i % width : i / width;
      for (int k = -REACH; k <= REACH; k++) {
        int other = Math.max(0, Math.min(length - 1, place + k));
        result[i] += kernel[k + REACH] / sum * values[i + (other - place) * stride];
      }
    }
    return result;
  }

  /**
   * One image outside, the other inside.
   *
   * @param outside of the mask's size
   * @param inside of the mask's size
   */
  RgbImage blend(RgbImage outside, RgbImage inside) {
    byte[] rgb = new byte[outside.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      double share = values[i / 3];
      rgb[i] =
          (byte)
              Math.round(
                  (1 - share) * Byte.toUnsignedInt(outside.rgb()[i])
                      + share * Byte.toUnsignedInt(inside.rgb()[i]));
    }
    return new RgbImage(inside.name(), height, width, rgb);
  }
}
