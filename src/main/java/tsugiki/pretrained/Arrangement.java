package tsugiki.pretrained;

/** Changes of the order of axes, by which publications differ. All arrays are row-major. */
final class Arrangement {
  private Arrangement() {}

  /**
   * [out, in, places] to [places, in, out], as a kernel of PyTorch's becomes one of TensorFlow's.
   */
  static float[] inputsFirst(float[] values, int out, int in) {
    int places = values.length / out / in;
    float[] turned = new float[values.length];
    for (int o = 0, at = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int p = 0; p < places; p++) {
          turned[(p * in + i) * out + o] = values[at++];
        }
      }
    }
    return turned;
  }

  /** [rows, columns] to [columns, rows]. */
  static float[] transposed(float[] values, int rows) {
    return inputsFirst(values, rows, values.length / rows);
  }

  /** The first columns of a matrix: [rows, columns] to [rows, kept]. */
  static float[] firstColumns(float[] values, int columns, int kept) {
    int rows = values.length / columns;
    float[] first = new float[rows * kept];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * columns, first, row * kept, kept);
    }
    return first;
  }

  /**
   * The last rows first: [first + last, columns] to [last + first, columns].
   *
   * @param first how many rows were first
   */
  static float[] lastRowsFirst(float[] values, int rows, int first) {
    int cut = values.length / rows * first;
    float[] turned = new float[values.length];
    System.arraycopy(values, cut, turned, 0, values.length - cut);
    System.arraycopy(values, 0, turned, values.length - cut, cut);
    return turned;
  }
}
