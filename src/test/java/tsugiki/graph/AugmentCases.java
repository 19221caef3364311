package tsugiki.graph;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import tsugiki.augment.DiffAugment;
import tsugiki.augment.DiffAugment.Part;
import tsugiki.runtime.Sessions;

/** The cases of differentiable augmentation: loops over pixels, given the same random numbers. */
final class AugmentCases {
  private static final int N = 3;
  private static final int SIDE = 8;
  private static final int LENGTH = SIDE * SIDE * 3;
  private static final long SEED = 5;

  private AugmentCases() {}

  static void addTo(List<LayerCase> cases) {
    for (Part part : Part.values()) {
      add(cases, part.toString(), EnumSet.of(part));
    }
    add(cases, "all", EnumSet.allOf(Part.class));
  }

  private static void add(List<LayerCase> cases, String setting, Set<Part> parts) {
    LayerCases.add(
        cases,
        "DiffAugment.apply",
        setting,
        List.of(new int[] {N, SIDE, SIDE, 3}),
        (tf, w, u, in) ->
            new DiffAugment(new Randomness(tf, SEED), parts)
                .apply(tf, tf.reshape(in.get(0), tf.constant(new int[] {N, SIDE, SIDE, 3})), "p"),
        (w, in) -> {
          Values x = in.get(0);
          x = parts.contains(Part.COLOR) ? coloured(x) : x;
          x = parts.contains(Part.TRANSLATION) ? shifted(x) : x;
          return parts.contains(Part.CUTOUT) ? cut(x) : x;
        });
  }

  /**
   * Brightness, then saturation around each pixel's grey, then contrast around the image's mean.
   */
  private static Values coloured(Values x) {
    double[] brightness = uniform("p brightness");
    double[] saturation = uniform("p saturation");
    double[] contrast = uniform("p contrast");
    double[] y = new double[x.data().length];
    for (int n = 0; n < N; n++) {
      double level = 0;
      for (int at = n * LENGTH; at < (n + 1) * LENGTH; at += 3) {
        double grey = (x.data()[at] + x.data()[at + 1] + x.data()[at + 2]) / 3;
        for (int c = 0; c < 3; c++) {
          y[at + c] = grey + (x.data()[at + c] - grey) * 2 * saturation[n] + brightness[n] - 0.5;
          level += y[at + c] / LENGTH;
        }
      }
      for (int i = n * LENGTH; i < (n + 1) * LENGTH; i++) {
        y[i] = level + (y[i] - level) * (contrast[n] + 0.5);
      }
    }
    return new Values(x.shape(), y);
  }

  /** y[row][column] = x[row + down][column + right], an eighth of the side at most; else 0. */
  private static Values shifted(Values x) {
    int reach = SIDE / 8;
    double[] down = integers("p down", Shape.of(N, 1, 1), 2 * reach + 1);
    double[] right = integers("p right", Shape.of(N, 1, 1), 2 * reach + 1);
    Values y = Values.zeros(x.shape());
    for (int n = 0; n < N; n++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        int row = i / SIDE + (int) down[n] - reach;
        int column = i % SIDE + (int) right[n] - reach;
        if (row >= 0 && row < SIDE && column >= 0 && column < SIDE) {
          for (int c = 0; c < 3; c++) {
            y.add(x.at(n, row, column, c), n, i / SIDE, i % SIDE, c);
          }
        }
      }
    }
    return y;
  }

  /** A square of half the side is 0; its centre may be at the border. */
  private static Values cut(Values x) {
    double[] rows = integers("p row", Shape.of(N, 1), SIDE + 1);
    double[] columns = integers("p column", Shape.of(N, 1), SIDE + 1);
    Values y = Values.zeros(x.shape());
    for (int n = 0; n < N; n++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        if (!inHole(i / SIDE, rows[n]) || !inHole(i % SIDE, columns[n])) {
          for (int c = 0; c < 3; c++) {
            y.add(x.at(n, i / SIDE, i % SIDE, c), n, i / SIDE, i % SIDE, c);
          }
        }
      }
    }
    return y;
  }

  private static boolean inHole(int place, double centre) {
    return place >= centre - SIDE / 4.0 && place < centre + SIDE / 4.0;
  }

  private static double[] uniform(String purpose) {
    return drawn((tf, random) -> random.uniform(tf, purpose, Shape.of(N, 1, 1, 1)));
  }

  private static double[] integers(String purpose, Shape shape, long bound) {
    return drawn((tf, random) -> random.integers(tf, purpose, shape, bound));
  }

  private interface Draw {
    Operand<? extends TNumber> apply(Ops tf, Randomness random);
  }

  private static double[] drawn(Draw draw) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph);
        TInt64 step = TInt64.scalarOf(LayerRun.STEP)) {
      Ops tf = Ops.create(graph);
      Randomness random = new Randomness(tf, SEED);
      Operand<TFloat32> numbers = tf.dtypes.cast(draw.apply(tf, random), TFloat32.class);
      try (Result result = session.runner().feed(random.step(), step).fetch(numbers).run()) {
        return Values.of(new int[] {N}, Tensors.toFloats((TFloat32) result.get(0))).data();
      }
    }
  }
}
