package tsugiki.base;

/** How NumPy lays out what Java has not: arrays in Fortran order, and floats of 16 bits. */
final class NumpyLayout {
  private NumpyLayout() {}

  /** Where a file in Fortran order has the values of C order. */
  static int[] fortranPlaces(int[] shape, int count) {
    int[] places = new int[count];
    int[] index = new int[shape.length];
    for (int i = 0; i < count; i++) {
      int stride = 1;
      for (int axis = 0; axis < shape.length; axis++) {
        places[i] += index[axis] * stride;
        stride *= shape[axis];
      }
      // The next place in C order: the last axis runs fastest.
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return places;
  }

  /** A float of IEEE 754's half precision: 1 sign, 5 exponent and 10 fraction bits. */
  static float ofHalf(short half) {
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
