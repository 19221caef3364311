package tsugiki.single;

import com.google.common.primitives.Floats;
import java.util.Arrays;
import tsugiki.data.GaussianBlur;
import tsugiki.data.RgbImage;

/**
 * Where a changed image takes the place of the given one: a mask, widened by a disk and blurred, so
 * that its edges are soft.
 *
 * @param height rows
 * @param width columns
 * @param values 0 outside to 1 inside [height, width], row-major
 */
record SoftMask(int height, int width, float[] values) {
  /** Of five pixels, cut at four deviations as by SciPy. */
  private static final GaussianBlur BLUR = new GaussianBlur(5, 4);

  /**
   * The soft mask of a mode: widened by 7 pixels to harmonize and by 20 to edit.
   *
   * <p>These are pixels of the image to change, and so are those of the blur. The authors' code
   * brings the mask to the size of the training image first. It takes every value above 0 for
   * inside; here it is half of white, so that what a lossy file leaves in the black is outside.
   *
   * @param mask white inside: where red is 128 or more
   */
  static SoftMask of(RgbImage mask, SingleMode mode) {
    int radius = mode == SingleMode.EDIT ? 20 : 7;
    boolean[] inside = new boolean[mask.height() * mask.width()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = Byte.toUnsignedInt(mask.rgb()[3 * i]) >= 128;
    }
    float[] soft = BLUR.of(widened(inside, mask.height(), mask.width(), radius), mask.width(), 1);
    float least = Floats.min(soft);
    float most = Floats.max(soft);
    for (int i = 0; i < soft.length; i++) {
      soft[i] = most > least ? (soft[i] - least) / (most - least) : most;
    }
    return new SoftMask(mask.height(), mask.width(), soft);
  }

  private static float[] widened(boolean[] inside, int height, int width, int radius) {
    float[] wide = new float[inside.length];
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
