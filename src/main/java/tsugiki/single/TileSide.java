package tsugiki.single;

import tsugiki.graph.Bicubic.Grid;

/**
 * One side of a tile of a stage: which of the rows (or columns) of the stage before it needs, and
 * where among these lie the rows that its convolutions read and the rows that come out.
 *
 * @param from the first of the stage before
 * @param to the one after the last of the stage before
 * @param noiseFrom the first row of noise
 * @param inputs places of the rows that the convolutions read, counted from {@code from}
 * @param outputs places of the rows that come out, counted from {@code from}
 * @param zerosBefore rows of zeros that the convolutions read before the first row of the image
 * @param zerosAfter the same after its last row
 */
record TileSide(
    int from,
    int to,
    int noiseFrom,
    double[] inputs,
    double[] outputs,
    int zerosBefore,
    int zerosAfter) {
  /** Rows that bicubic interpolation reads before a place, and after it. */
  private static final int BEFORE = 1;

  private static final int AFTER = 2;

  /**
   * The side of a tile.
   *
   * @param first its first row in the image of the stage
   * @param end the one after its last
   * @param length all rows of the image of the stage
   * @param below all rows of the stage before
   * @param margin rows of noise around the image on each side
   * @param reach rows that the convolutions take off on each side; what the margin does not have
   *     are zeros
   * @param grid where the rows of the enlarged map lie among those below
   */
  static TileSide of(int first, int end, int length, int below, int margin, int reach, Grid grid) {
    // Rows of the enlarged map, which is larger than the image by the margin on each side.
    int enlarged = length + 2 * margin;
    int wantedFrom = first + margin - reach;
    int wantedTo = end + margin + reach;
    int inputFrom = Math.max(0, wantedFrom);
    int inputTo = Math.min(enlarged, wantedTo);
    double[] inputs = places(grid, inputFrom, inputTo, enlarged, below);
    double[] outputs = places(grid, first, end, length, below);
    int from = Math.max(0, (int) Math.floor(Math.min(inputs[0], outputs[0])) - BEFORE);
    double last = Math.max(inputs[inputs.length - 1], outputs[outputs.length - 1]);
    int to = Math.min(below, (int) Math.floor(last) + AFTER + 1);
    return new TileSide(
        from,
        to,
        inputFrom,
        shifted(inputs, from),
        shifted(outputs, from),
        inputFrom - wantedFrom,
        wantedTo - inputTo);
  }

  /** Where rows of an enlarged side lie among those below. */
  private static double[] places(Grid grid, int from, int to, int length, int below) {
    double[] places = new double[to - from];
    for (int i = 0; i < places.length; i++) {
      places[i] = grid.place(from + i, length, below);
    }
    return places;
  }

  private static double[] shifted(double[] places, int by) {
    double[] shifted = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      shifted[i] = places[i] - by;
    }
    return shifted;
  }

  /** Rows of the stage before. */
  int length() {
    return to - from;
  }
}
