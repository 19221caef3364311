package tsugiki.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Every layer of the package in the settings that differ inside it. */
final class LayerCases {
  private static final Initializer INIT = Initializer.normal(0.5f);
  private static final float EPSILON = 1e-2f;

  private LayerCases() {}

  static List<LayerCase> all() {
    List<LayerCase> cases = new ArrayList<>();
    convolutions(cases);
    dense(cases);
    resampling(cases);
    rotations(cases);
    reductions(cases);
    affine(cases);
    normalisations(cases);
    adaptive(cases);
    activations(cases);
    cases.add(attention());
    return cases;
  }

  private static void convolutions(List<LayerCase> cases) {
    for (int size : new int[] {1, 3}) {
      add(
          cases,
          "Conv2d.same",
          size + "×" + size,
          List.of(new int[] {2, 5, 4, 3}),
          (tf, w, u, in) -> Conv2d.same(tf, w, Kernels.PLAIN, in.get(0), 2, size, INIT),
          (w, in) -> Loops.convolve(in.get(0), w.get("kernel")));
    }
    for (int height : new int[] {4, (int) Conv2d.FUSED_FROM_SIDE}) {
      String form = height < Conv2d.FUSED_FROM_SIDE ? "plain" : "fused";
      add(
          cases,
          "Conv2d.afterDoubling",
          form,
          List.of(new int[] {2, height, 6, 3}),
          (tf, w, u, in) -> Conv2d.afterDoubling(tf, w, Kernels.PLAIN, in.get(0), 2, INIT),
          (w, in) -> Loops.convolve(Loops.doubled(in.get(0)), w.get("kernel")));
      add(
          cases,
          "Conv2d.beforeHalving",
          form,
          List.of(new int[] {2, height, 6, 3}),
          (tf, w, u, in) -> Conv2d.beforeHalving(tf, w, Kernels.PLAIN, in.get(0), 2, INIT),
          (w, in) -> Loops.halved(Loops.convolve(in.get(0), w.get("kernel"))));
    }
    add(
        cases,
        "Conv2d.bias",
        "",
        List.of(new int[] {2, 3, 2, 4}),
        (tf, w, u, in) -> Conv2d.bias(tf, w, in.get(0)),
        (w, in) -> Loops.affine(in.get(0), c -> 1, c -> w.get("bias").at(c)));
  }

  private static void dense(List<LayerCase> cases) {
    List<int[]> rows = List.of(new int[] {3, 5});
    add(
        cases,
        "Dense.apply",
        "",
        rows,
        (tf, w, u, in) -> Dense.apply(tf, w, Kernels.PLAIN, in.get(0), 4, INIT),
        (w, in) ->
            Loops.affine(
                Loops.multiply(in.get(0), w.get("kernel")), c -> 1, c -> w.get("bias").at(c)));
    add(
        cases,
        "Dense.withoutBias",
        "",
        rows,
        (tf, w, u, in) -> Dense.withoutBias(tf, w, Kernels.PLAIN, in.get(0), 4, INIT),
        (w, in) -> Loops.multiply(in.get(0), w.get("kernel")));
    add(
        cases,
        "Embedding.apply",
        "a class twice",
        List.of(),
        (tf, w, u, in) ->
            Embedding.apply(tf, w, Kernels.PLAIN, tf.constant(new long[] {3, 0, 3}), 5, 4, INIT),
        (w, in) -> {
          Values rowsOfClasses = Values.zeros(3, 4);
          for (int i = 0; i < 4; i++) {
            rowsOfClasses.add(w.get("table").at(3, i), 0, i);
            rowsOfClasses.add(w.get("table").at(0, i), 1, i);
            rowsOfClasses.add(w.get("table").at(3, i), 2, i);
          }
          return rowsOfClasses;
        });
    spectral(cases);
  }

  /** Settled, because only there does the gradient with u and v fixed equal the whole one. */
  private static void spectral(List<LayerCase> cases) {
    cases.add(
        new LayerCase(
            "SpectralNorm.kernel",
            "dense",
            List.of(new int[] {3, 5}),
            300,
            LayerCase.STEP,
            (tf, w, u, in) -> Dense.withoutBias(tf, w, new SpectralNorm(u), in.get(0), 4, INIT),
            (w, in) -> Loops.multiply(in.get(0), unitNorm(w.get("kernel")))));
    cases.add(
        new LayerCase(
            "SpectralNorm.kernel",
            "fused convolution",
            List.of(new int[] {1, 8, 6, 3}),
            300,
            LayerCase.STEP,
            (tf, w, u, in) -> Conv2d.afterDoubling(tf, w, new SpectralNorm(u), in.get(0), 2, INIT),
            (w, in) -> Loops.convolve(Loops.doubled(in.get(0)), unitNorm(w.get("kernel")))));
  }

  private static Values unitNorm(Values kernel) {
    double sigma = Loops.largestSingularValue(kernel);
    return kernel.map(value -> value / sigma);
  }

  private static void resampling(List<LayerCase> cases) {
    List<int[]> map = List.of(new int[] {2, 4, 6, 3});
    add(
        cases,
        "Resample.doubled",
        "",
        map,
        (tf, w, u, in) -> Resample.doubled(tf, in.get(0)),
        (w, in) -> Loops.doubled(in.get(0)));
    add(
        cases,
        "Resample.halved",
        "",
        map,
        (tf, w, u, in) -> Resample.halved(tf, in.get(0)),
        (w, in) -> Loops.halved(in.get(0)));
    for (int[] size : new int[][] {{9, 8}, {3, 5}}) {
      add(
          cases,
          "Resample.bilinear",
          "to " + size[0] + "×" + size[1],
          map,
          (tf, w, u, in) -> Resample.bilinear(tf, in.get(0), size[0], size[1]),
          (w, in) -> Loops.bilinear(in.get(0), size[0], size[1]));
    }
  }

  private static void rotations(List<LayerCase> cases) {
    for (int quarters = 0; quarters < Rotation.TURNS; quarters++) {
      int turns = quarters;
      add(
          cases,
          "Rotation.turned",
          "by " + 90 * turns + "°",
          List.of(new int[] {2, 3, 4, 2}),
          (tf, w, u, in) -> Rotation.turned(tf, in.get(0), turns),
          (w, in) -> Loops.turned(in.get(0), turns));
    }
    add(
        cases,
        "Rotation.all",
        "",
        List.of(new int[] {2, 3, 3, 2}),
        (tf, w, u, in) -> Rotation.all(tf, in.get(0)),
        (w, in) -> {
          double[] all =
              IntStream.range(0, Rotation.TURNS)
                  .mapToObj(quarters -> Loops.turned(in.get(0), quarters).data())
                  .flatMapToDouble(Arrays::stream)
                  .toArray();
          return new Values(new int[] {8, 3, 3, 2}, all);
        });
  }

  private static void reductions(List<LayerCase> cases) {
    List<int[]> map = List.of(new int[] {2, 1, 2});
    add(
        cases,
        "Reduce.mean",
        "",
        map,
        (tf, w, u, in) -> Reduce.mean(tf, in.get(0)),
        (w, in) -> Values.scalar(Arrays.stream(in.get(0).data()).average().orElseThrow()));
    add(
        cases,
        "Reduce.sum",
        "",
        map,
        (tf, w, u, in) -> Reduce.sum(tf, in.get(0)),
        (w, in) -> Values.scalar(Arrays.stream(in.get(0).data()).sum()));
    add(
        cases,
        "Reduce.meanAbsoluteDifference",
        "",
        List.of(new int[] {2, 2}, new int[] {2, 2}),
        (tf, w, u, in) -> Reduce.meanAbsoluteDifference(tf, in.get(0), in.get(1)),
        (w, in) ->
            Values.scalar(
                IntStream.range(0, 4)
                    .mapToDouble(i -> Math.abs(in.get(0).data()[i] - in.get(1).data()[i]))
                    .average()
                    .orElseThrow()));
  }

  private static void affine(List<LayerCase> cases) {
    int[] map = {2, 3, 2, 4};
    int[] channel = {4};
    int[] image = {2, 4};
    add(
        cases,
        "Affine.apply",
        "one map for all images",
        List.of(map, channel, channel),
        (tf, w, u, in) -> new Affine(in.get(1), in.get(2)).apply(tf, in.get(0)),
        (w, in) -> Loops.affine(in.get(0), c -> in.get(1).at(c), c -> in.get(2).at(c)));
    add(
        cases,
        "Affine.apply",
        "one map an image",
        List.of(map, image, image),
        (tf, w, u, in) -> new Affine(in.get(1), in.get(2)).apply(tf, in.get(0)),
        (w, in) -> Loops.affineByImage(in.get(0), in.get(1), in.get(2)));
    add(
        cases,
        "Affine.then",
        "one map an image after one for all",
        List.of(map, channel, channel, image, image),
        (tf, w, u, in) ->
            new Affine(in.get(1), in.get(2)).then(tf, in.get(3), in.get(4)).apply(tf, in.get(0)),
        (w, in) ->
            Loops.affineByImage(
                Loops.affine(in.get(0), c -> in.get(1).at(c), c -> in.get(2).at(c)),
                in.get(3),
                in.get(4)));
    add(
        cases,
        "Affine.afterBias",
        "",
        List.of(map, channel, channel, channel),
        (tf, w, u, in) ->
            new Affine(in.get(1), in.get(2)).afterBias(tf, in.get(3)).apply(tf, in.get(0)),
        (w, in) ->
            Loops.affine(
                Loops.affine(in.get(0), c -> 1, c -> in.get(3).at(c)),
                c -> in.get(1).at(c),
                c -> in.get(2).at(c)));
  }

  private static void normalisations(List<LayerCase> cases) {
    int[] map = {3, 4, 2, 5};
    for (BatchNorm.Mode mode : BatchNorm.Mode.values()) {
      add(
          cases,
          "BatchNorm.normalise",
          mode.name(),
          List.of(map),
          (tf, w, u, in) ->
              BatchNorm.normalise(tf, w, norm(mode, u), in.get(0)).apply(tf, in.get(0)),
          (w, in) -> normalised(mode, w, in.get(0)));
      add(
          cases,
          "BatchNorm.withGain",
          mode.name(),
          List.of(map),
          (tf, w, u, in) ->
              BatchNorm.withGain(tf, w, norm(mode, u), in.get(0)).apply(tf, in.get(0)),
          (w, in) ->
              Loops.affine(
                  normalised(mode, w, in.get(0)),
                  c -> w.get("gain").at(c),
                  c -> w.get("bias").at(c)));
      add(
          cases,
          "BatchNorm.conditional",
          mode.name(),
          List.of(map, new int[] {3, 4}),
          (tf, w, u, in) ->
              BatchNorm.conditional(tf, w, Kernels.PLAIN, norm(mode, u), in.get(0), in.get(1), INIT)
                  .apply(tf, in.get(0)),
          (w, in) ->
              Loops.affineByImage(
                  normalised(mode, w, in.get(0)),
                  Loops.multiply(in.get(1), w.get("gain/kernel")).map(gain -> 1 + gain),
                  Loops.multiply(in.get(1), w.get("bias/kernel"))));
    }
  }

  private static BatchNorm.Settings norm(BatchNorm.Mode mode, PendingUpdates updates) {
    return new BatchNorm.Settings(mode, EPSILON, 0.9f, updates);
  }

  private static Values normalised(BatchNorm.Mode mode, Map<String, Values> weights, Values x) {
    return mode == BatchNorm.Mode.STORED
        ? Loops.normalise(x, weights.get("mean").data(), weights.get("variance").data(), EPSILON)
        : Loops.normalise(x, Loops.means(x), Loops.variances(x), EPSILON);
  }

  private static void adaptive(List<LayerCase> cases) {
    int channels = 8;
    int[] latent = {2, 5};
    for (int group : new int[] {1, 2, 4, channels}) {
      add(
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
      add(
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
            return Loops.adapt(
                Loops.affineByImage(in.get(0), scale, in.get(4)), in.get(1), in.get(2));
          });
    }
  }

  private static Values latentDense(Map<String, Values> weights, Values z) {
    Values rows = Loops.multiply(z, weights.get("kernel"));
    return Loops.affine(rows, c -> 1, c -> weights.get("bias").at(c));
  }

  private static void activations(List<LayerCase> cases) {
    activation(cases, "RELU", Activation.RELU, alpha -> x -> Math.max(x, 0));
    activation(cases, "ELU", Activation.ELU, alpha -> x -> x >= 0 ? x : Math.exp(x) - 1);
    activation(cases, "PRELU", Activation.PRELU, alpha -> x -> x >= 0 ? x : alpha * x);
    activation(cases, "leakyRelu", Activation.leakyRelu(0.2f), alpha -> x -> x >= 0 ? x : 0.2f * x);
    activation(
        cases,
        "PARAMETRIC_SOFTSIGN",
        Activation.PARAMETRIC_SOFTSIGN,
        alpha -> x -> x >= 0 ? x : Math.exp(alpha) * x / (Math.exp(alpha) - x));
    add(
        cases,
        "ParametricSoftsign.apply",
        "",
        List.of(new int[] {2, 7}),
        (tf, w, u, in) -> ParametricSoftsign.apply(tf, w, in.get(0)),
        (w, in) -> {
          double a = Math.exp(w.get("alpha").at());
          return in.get(0).map(x -> x >= 0 ? x : a * x / (a - x));
        });
  }

  /** The formula of an activation for a given α, which most have not. */
  private interface Formula {
    DoubleUnaryOperator with(double alpha);
  }

  private static void activation(
      List<LayerCase> cases, String name, Activation activation, Formula formula) {
    add(
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
            Loops.attention(
                in.get(0),
                w.get("theta/kernel"),
                w.get("phi/kernel"),
                w.get("g/kernel"),
                w.get("o/kernel"),
                w.get("gamma").at()));
  }

  private static void add(
      List<LayerCase> cases,
      String entry,
      String setting,
      List<int[]> inputs,
      LayerCase.Build build,
      LayerCase.Oracle oracle) {
    cases.add(new LayerCase(entry, setting, inputs, 0, LayerCase.STEP, build, oracle));
  }
}
