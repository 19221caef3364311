package tsugiki.base;

/** How NumPy lays out arrays in Fortran order. */
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
}
