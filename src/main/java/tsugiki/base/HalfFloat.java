package tsugiki.base;

/** Numbers of IEEE 754's half precision, of which Java 17 has no type. */
public final class HalfFloat {
  private HalfFloat() {}

  /**
   * The same number as a float; infinities and what is no number stay what they are.
   *
   * @param half 1 sign, 5 exponent and 10 fraction bits
   */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      float small = fraction * 0x1p-24f;
      return sign == 0 ? small : -small;
    }
    int widened = exponent == 0x1F ? 0xFF : exponent + 112;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}
