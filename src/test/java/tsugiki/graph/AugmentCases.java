package tsugiki.graph;

import java.util.Arrays;
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
import tsugiki.augment.AdaptiveAugment;
import tsugiki.augment.ConsistencyAugment;
import tsugiki.augment.DiffAugment;
import tsugiki.augment.DiffAugment.Part;
import tsugiki.augment.StaticAugment;
import tsugiki.augment.StaticPolicy;
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
    for (float probability : new float[] {0, 0.6f, 1}) {
      adaptive(cases, probability);
    }
    for (StaticPolicy policy : StaticPolicy.values()) {
      if (policy != StaticPolicy.GENERATED) {
        policies(cases, policy.toString(), List.of(policy));
      }
    }
    policies(cases, "pair", List.of(StaticPolicy.CONTRAST, StaticPolicy.VFLIP));
    consistency(cases);
  }

  private static void adaptive(List<LayerCase> cases, float probability) {
    LayerCases.add(
        cases,
        "AdaptiveAugment.apply",
        "p " + probability,
        List.of(new int[] {N, SIDE, SIDE, 3}),
        (tf, w, u, in) ->
            new AdaptiveAugment(new Randomness(tf, SEED))
                .apply(tf, known(tf, in.get(0)), tf.constant(probability), "p"),
        (w, in) -> adapted(in.get(0), probability));
  }

  private static void policies(List<LayerCase> cases, String setting, List<StaticPolicy> policies) {
    LayerCases.add(
        cases,
        "StaticAugment.apply",
        setting,
        List.of(new int[] {N, SIDE, SIDE, 3}),
        (tf, w, u, in) ->
            new StaticAugment(new Randomness(tf, SEED), policies)
                .apply(tf, known(tf, in.get(0)), "p"),
        (w, in) -> changed(in.get(0), policies));
  }

  private static void consistency(List<LayerCase> cases) {
    LayerCases.add(
        cases,
        "ConsistencyAugment.apply",
        "",
        List.of(new int[] {N, SIDE, SIDE, 3}),
        (tf, w, u, in) ->
            new ConsistencyAugment(new Randomness(tf, SEED)).apply(tf, known(tf, in.get(0)), "p"),
        (w, in) -> {
          double[] mirrored = integers("p mirror", Shape.of(N, 1, 1, 1), 2);
          Values x = in.get(0);
          Values y = Values.zeros(x.shape());
          each(
              x,
              (n, i, j, c) -> y.add(x.at(n, i, mirrored[n] > 0 ? SIDE - 1 - j : j, c), n, i, j, c));
          return shifted(y);
        });
  }

  private static Operand<TFloat32> known(Ops tf, Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {N, SIDE, SIDE, 3}));
  }

  private interface Pixel {
    void visit(int n, int row, int column, int channel);
  }

  private static void each(Values x, Pixel pixel) {
    for (int i = 0; i < x.data().length; i++) {
      pixel.visit(i / LENGTH, i / (3 * SIDE) % SIDE, i / 3 % SIDE, i % 3);
    }
  }

  /** Half of the images stay; the others meet the policy that their number names. */
  private static Values changed(Values x, List<StaticPolicy> policies) {
    double[] choice = integers("p policy", Shape.of(N, 1, 1, 1), 2L * policies.size());
    double[] part = uniform("p contrast");
    double[] direction = uniform("p direction");
    double[] means = new double[N];
    each(x, (n, i, j, c) -> means[n] += x.at(n, i, j, c) / LENGTH);
    Values y = Values.zeros(x.shape());
    each(
        x,
        (n, i, j, c) -> {
          double value = x.at(n, i, j, c);
          if (choice[n] < policies.size()) {
            double factor = direction[n] < 0.5 ? 0.5 + 0.3 * part[n] : 1.25 + 0.75 * part[n];
            double stretched = means[n] + factor * (value - means[n]);
            value =
                switch (policies.get((int) choice[n])) {
                  case CONTRAST -> Math.max(-1, Math.min(1, stretched));
                  case INVERT -> -value;
                  case HFLIP -> x.at(n, i, SIDE - 1 - j, c);
                  case VFLIP -> x.at(n, SIDE - 1 - i, j, c);
                  case GENERATED -> throw new IllegalArgumentException("drawn elsewhere");
                };
          }
          y.add(value, n, i, j, c);
        });
    return y;
  }

  /** The numbers of ADA, in the order in which its columns are drawn. */
  private static Values adapted(Values x, double p) {
    double[] u = block("p ada uniform", 21, true);
    double[] z = block("p ada normal", 7, false);
    double turn = 1 - Math.sqrt(1 - p);
    Values y = Values.zeros(x.shape());
    for (int n = 0; n < N; n++) {
      double[] v = Arrays.copyOfRange(u, n * 21, (n + 1) * 21);
      double[] g = Arrays.copyOfRange(z, n * 7, (n + 1) * 7);
      AdaptiveLoops.warp(
          x,
          n,
          new AdaptiveLoops.Geometry(
                  v[0] < p ? Math.floor(2 * v[13]) : 0,
                  v[1] < p ? Math.floor(4 * v[14]) : 0,
                  v[2] < p ? Math.rint((2 * v[15] - 1) * SIDE / 8) : 0,
                  v[2] < p ? Math.rint((2 * v[16] - 1) * SIDE / 8) : 0,
                  v[3] < p ? Math.pow(2, 0.2 * g[0]) : 1,
                  v[4] < turn ? (2 * v[17] - 1) * Math.PI : 0,
                  v[5] < p ? Math.pow(2, 0.2 * g[1]) : 1,
                  v[6] < turn ? (2 * v[18] - 1) * Math.PI : 0,
                  v[7] < p ? g[2] * SIDE / 8 : 0,
                  v[7] < p ? g[3] * SIDE / 8 : 0)
              .inverse(),
          y);
      AdaptiveLoops.colour(
          y,
          n,
          new AdaptiveLoops.Colours(
              v[8] < p ? 0.2 * g[4] : 0,
              v[9] < p ? Math.pow(2, 0.5 * g[5]) : 1,
              v[10] < p ? Math.floor(2 * v[19]) : 0,
              v[11] < p ? (2 * v[20] - 1) * Math.PI : 0,
              v[12] < p ? Math.pow(2, g[6]) : 1));
    }
    return y;
  }

  private static double[] block(String purpose, int columns, boolean uniform) {
    Shape shape = Shape.of(N, columns);
    return drawn(
        (tf, random) ->
            uniform ? random.uniform(tf, purpose, shape) : random.normal(tf, purpose, shape));
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
      Ops tf = GraphScope.ops(graph);
      Randomness random = new Randomness(tf, SEED);
      Operand<TFloat32> numbers = tf.dtypes.cast(draw.apply(tf, random), TFloat32.class);
      try (Result result = session.runner().feed(random.step(), step).fetch(numbers).run()) {
        float[] values = Tensors.toFloats((TFloat32) result.get(0));
        return Values.of(new int[] {values.length}, values).data();
      }
    }
  }
}
