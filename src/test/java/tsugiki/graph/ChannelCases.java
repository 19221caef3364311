package tsugiki.graph;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The cases of what goes by channel: normalisation, activation, attention. */
final class ChannelCases {
  private static final Initializer INIT = Initializer.normal(0.5f);
  private static final float EPSILON = 1e-2f;

  private ChannelCases() {}

  static void addTo(List<LayerCase> cases) {
    affine(cases);
    normalisations(cases);
    adaptive(cases);
    lowRank(cases);
    activations(cases);
    cases.add(attention());
  }

  private static void affine(List<LayerCase> cases) {
    int[] map = {2, 3, 2, 4};
    int[] channel = {4};
    int[] image = {2, 4};
    LayerCases.add(
        cases,
        "Affine.apply",
        "one map for all images",
        List.of(map, channel, channel),
        (tf, w, u, in) -> new Affine(in.get(1), in.get(2)).apply(tf, in.get(0)),
        (w, in) -> ChannelLoops.affine(in.get(0), c -> in.get(1).at(c), c -> in.get(2).at(c)));
    LayerCases.add(
        cases,
        "Affine.apply",
        "one map an image",
        List.of(map, image, image),
        (tf, w, u, in) -> new Affine(in.get(1), in.get(2)).apply(tf, in.get(0)),
        (w, in) -> ChannelLoops.affineByImage(in.get(0), in.get(1), in.get(2)));
    LayerCases.add(
        cases,
        "Affine.then",
        "one map an image after one for all",
        List.of(map, channel, channel, image, image),
        (tf, w, u, in) ->
            new Affine(in.get(1), in.get(2)).then(tf, in.get(3), in.get(4)).apply(tf, in.get(0)),
        (w, in) ->
            ChannelLoops.affineByImage(
                ChannelLoops.affine(in.get(0), c -> in.get(1).at(c), c -> in.get(2).at(c)),
                in.get(3),
                in.get(4)));
  }

  private static void normalisations(List<LayerCase> cases) {
    int[] map = {3, 4, 2, 5};
    for (BatchNorm.Mode mode : BatchNorm.Mode.values()) {
      LayerCases.add(
          cases,
          "BatchNorm.normalise",
          mode.name(),
          List.of(map),
          (tf, w, u, in) ->
              BatchNorm.normalise(tf, w, norm(tf, mode, u), in.get(0)).apply(tf, in.get(0)),
          (w, in) -> normalised(mode, w, in.get(0)));
      LayerCases.add(
          cases,
          "BatchNorm.withGain",
          mode.name(),
          List.of(map),
          (tf, w, u, in) ->
              BatchNorm.withGain(tf, w, norm(tf, mode, u), in.get(0)).apply(tf, in.get(0)),
          (w, in) ->
              ChannelLoops.affine(
                  normalised(mode, w, in.get(0)),
                  c -> w.get("gain").at(c),
                  c -> w.get("bias").at(c)));
      LayerCases.add(
          cases,
          "BatchNorm.conditional",
          mode.name(),
          List.of(map, new int[] {3, 4}),
          (tf, w, u, in) ->
              BatchNorm.conditional(
                      tf, w, Kernels.PLAIN, norm(tf, mode, u), in.get(0), in.get(1), INIT)
                  .apply(tf, in.get(0)),
          (w, in) ->
              ChannelLoops.affineByImage(
                  normalised(mode, w, in.get(0)),
                  Loops.multiply(in.get(1), w.get("gain/kernel")).map(gain -> 1 + gain),
                  Loops.multiply(in.get(1), w.get("bias/kernel"))));
    }
  }

  private static BatchNorm.Settings norm(Ops tf, BatchNorm.Mode mode, PendingUpdates updates) {
    return mode == BatchNorm.Mode.SETS
        ? BatchNorm.Settings.sets(EPSILON, tf.constant(new float[][] {{0, 0.25f, 0.75f}}))
        : new BatchNorm.Settings(mode, EPSILON, 0.9f, updates);
  }

  /** A quarter of the second of three sets and three quarters of the third. */
  private static double[] mixed(Values sets) {
    int channels = sets.shape()[1];
    double[] mixed = new double[channels];
    for (int c = 0; c < channels; c++) {
      mixed[c] = 0.25 * sets.at(1, c) + 0.75 * sets.at(2, c);
    }
    return mixed;
  }

  private static Values normalised(BatchNorm.Mode mode, Map<String, Values> weights, Values x) {
    return switch (mode) {
      case STORED ->
          ChannelLoops.normalise(
              x, weights.get("mean").data(), weights.get("variance").data(), EPSILON);
      case SETS ->
          ChannelLoops.normalise(
              x, mixed(weights.get("mean")), mixed(weights.get("variance")), EPSILON);
      case IMAGE -> ChannelLoops.normaliseImages(x, EPSILON);
      case BATCH, ACCUMULATE ->
          ChannelLoops.normalise(x, ChannelLoops.means(x), ChannelLoops.variances(x), EPSILON);
    };
  }

  private static void adaptive(List<LayerCase> cases) {
    int channels = 8;
    int[] latent = {2, 5};
    for (int group : new int[] {1, 2, 4, channels}) {
      LayerCases.add(
          cases,
          "AdaptivePointwise.mixing",
          "g = " + group,
          List.of(latent),
          (tf, w, u, in) -> {
            AdaptivePointwise.Mixing mixing =
                AdaptivePointwise.mixing(tf, w, in.get(0), channels, group);
            Operand<TFloat32> matrices =
                tf.reshape(mixing.matrices(), tf.constant(new long[] {2, channels * group}));
            return tf.concat(List.of(matrices, mixing.offsets()), tf.constant(1));
          },
          (w, in) -> latentDense(w, in.get(0)));
      LayerCases.add(
          cases,
          "AdaptivePointwise.apply",
          "g = " + group,
          List.of(
              new int[] {2, 3, 2, channels},
              new int[] {2, channels / group, group, group},
              new int[] {2, channels},
              new int[] {channels},
              new int[] {2, channels}),
          (tf, w, u, in) ->
              AdaptivePointwise.apply(
                  tf,
                  new AdaptivePointwise.Mixing(in.get(1), in.get(2)),
                  // The scale is the same for all images, the shift is not.
                  new Affine(in.get(3), in.get(4)),
                  in.get(0)),
          (w, in) -> {
            Values scale = Values.zeros(2, channels);
            for (int i = 0; i < 2 * channels; i++) {
              scale.data()[i] = in.get(3).at(i % channels);
            }
            return ChannelLoops.adapt(
                ChannelLoops.affineByImage(in.get(0), scale, in.get(4)), in.get(1), in.get(2));
          });
    }
  }

  private static void lowRank(List<LayerCase> cases) {
    int channels = 4;
    int rank = 2;
    for (boolean byImage : new boolean[] {false, true}) {
      int[] scales = byImage ? new int[] {2, channels} : new int[] {channels};
      LayerCases.add(
          cases,
          "LowRankPointwise.apply",
          byImage ? "a scale by image" : "one scale",
          List.of(new int[] {2, 3, 2, channels}, new int[] {2, 3}, scales, new int[] {2, channels}),
          (tf, w, u, in) ->
              LowRankPointwise.apply(
                  tf, w, in.get(1), rank, new Affine(in.get(2), in.get(3)), in.get(0)),
          (w, in) -> {
            Values result = Values.zeros(2, 3, 2, channels);
            Values down = dense(w, "down", in.get(1));
            Values up = dense(w, "up", in.get(1));
            for (int pixel = 0; pixel < 2 * 6; pixel++) {
              int n = pixel / 6;
              for (int r = 0; r < rank; r++) {
                double narrow = 0;
                for (int c = 0; c < channels; c++) {
                  double scale = byImage ? in.get(2).at(n, c) : in.get(2).at(c);
                  double x = scale * in.get(0).data()[pixel * channels + c] + in.get(3).at(n, c);
                  narrow += down.at(n, c * rank + r) * x;
                }
                for (int c = 0; c < channels; c++) {
                  result.data()[pixel * channels + c] += up.at(n, c * rank + r) * narrow;
                }
              }
            }
            return result;
          });
    }
  }

  private static Values dense(Map<String, Values> weights, String name, Values z) {
    Values rows = Loops.multiply(z, weights.get(name + "/kernel"));
    return ChannelLoops.affine(rows, c -> 1, c -> weights.get(name + "/bias").at(c));
  }

  private static Values latentDense(Map<String, Values> weights, Values z) {
    Values rows = Loops.multiply(z, weights.get("kernel"));
    return ChannelLoops.affine(rows, c -> 1, c -> weights.get("bias").at(c));
  }

  private static void activations(List<LayerCase> cases) {
    activation(cases, "RELU", Activation.RELU, alpha -> x -> Math.max(x, 0));
    activation(cases, "ELU", Activation.ELU, alpha -> x -> x >= 0 ? x : Math.exp(x) - 1);
    activation(
        cases,
        "SELU",
        Activation.SELU,
        alpha -> x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)));
    activation(cases, "PRELU", Activation.PRELU, alpha -> x -> x >= 0 ? x : alpha * x);
    activation(cases, "leakyRelu", Activation.leakyRelu(0.2f), alpha -> x -> x >= 0 ? x : 0.2f * x);
    activation(
        cases,
        "parametricSoftsign",
        Activation.parametricSoftsign(0.3f),
        alpha -> x -> ParametricSoftsignTest.closedForm(x, alpha));
    LayerCases.add(
        cases,
        "Activation.parametricSoftsignByChannel",
        "",
        List.of(new int[] {2, 3, 2, 4}),
        (tf, w, u, in) -> Activation.parametricSoftsignByChannel(0.3f).apply(tf, w, in.get(0)),
        (w, in) ->
            ChannelLoops.byChannel(
                in.get(0), (x, c) -> ParametricSoftsignTest.closedForm(x, w.get("alpha").at(c))));
  }

  /** The formula of an activation for a given α, which most have not. */
  private interface Formula {
    DoubleUnaryOperator with(double alpha);
  }

  private static void activation(
      List<LayerCase> cases, String name, Activation activation, Formula formula) {
    LayerCases.add(
        cases,
        "Activation." + name,
        "",
        List.of(new int[] {2, 3, 2, 4}),
        (tf, w, u, in) -> activation.apply(tf, w, in.get(0)),
        (w, in) -> in.get(0).map(formula.with(w.containsKey("alpha") ? w.get("alpha").at() : 0)));
  }

  private static LayerCase attention() {
    return new LayerCase(
        "SelfAttention.apply",
        "",
        List.of(new int[] {2, 4, 6, 8}),
        0,
        // Short, lest another pixel become the largest of its four.
        1e-3,
        (tf, w, u, in) -> SelfAttention.apply(tf, w, Kernels.PLAIN, in.get(0), INIT),
        (w, in) ->
            ChannelLoops.attention(
                in.get(0),
                w.get("theta/kernel"),
                w.get("phi/kernel"),
                w.get("g/kernel"),
                w.get("o/kernel"),
                w.get("gamma").at()));
  }
}
