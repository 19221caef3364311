package tsugiki.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tsugiki.graph.Bicubic.Grid;

/** Every layer, loss and differentiable augmentation, in the settings that differ inside it. */
final class LayerCases {
  private static final Initializer INIT = Initializer.normal(0.5f);

  private LayerCases() {}

  static List<LayerCase> all() {
    List<LayerCase> cases = new ArrayList<>();
    convolutions(cases);
    dense(cases);
    resampling(cases);
    rotations(cases);
    parts(cases);
    reductions(cases);
    ChannelCases.addTo(cases);
    LossCases.addTo(cases);
    AugmentCases.addTo(cases);
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
    add(
        cases,
        "Conv2d.valid",
        "3×3",
        List.of(new int[] {2, 5, 4, 3}),
        (tf, w, u, in) -> Conv2d.valid(tf, w, Kernels.PLAIN, in.get(0), 2, 3, INIT),
        (w, in) -> Loops.inner(Loops.convolve(in.get(0), w.get("kernel")), 1));
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
    for (int size : new int[] {1, 3}) {
      add(
          cases,
          "Conv2d.afterSpacing",
          size + "×" + size,
          List.of(new int[] {2, 4, 6, 3}),
          (tf, w, u, in) -> Conv2d.afterSpacing(tf, w, Kernels.PLAIN, in.get(0), 2, size, INIT),
          (w, in) -> Loops.convolve(Loops.spaced(in.get(0)), w.get("kernel")));
    }
    for (int height : new int[] {4, 5}) {
      add(
          cases,
          "Conv2d.striding",
          height % 2 == 0 ? "even" : "odd",
          List.of(new int[] {2, height, 6, 3}),
          (tf, w, u, in) -> Conv2d.striding(tf, w, Kernels.PLAIN, in.get(0), 2, INIT),
          (w, in) -> Loops.striding(in.get(0), w.get("kernel")));
    }
    for (int size : new int[] {3, 5}) {
      add(
          cases,
          "Conv2d.striding",
          size + "×" + size,
          List.of(new int[] {2, 6, 4, 3}),
          (tf, w, u, in) -> Conv2d.striding(tf, w, Kernels.PLAIN, in.get(0), 2, size, INIT),
          (w, in) -> Loops.stridingEven(in.get(0), w.get("kernel")));
      add(
          cases,
          "Conv2d.transposed",
          size + "×" + size,
          List.of(new int[] {2, 3, 2, 3}),
          (tf, w, u, in) -> Conv2d.transposed(tf, w, Kernels.PLAIN, in.get(0), 2, size, INIT),
          (w, in) -> Loops.transposed(in.get(0), w.get("kernel")));
    }
    add(
        cases,
        "Conv2d.bias",
        "",
        List.of(new int[] {2, 3, 2, 4}),
        (tf, w, u, in) -> Conv2d.bias(tf, w, in.get(0)),
        (w, in) -> ChannelLoops.affine(in.get(0), c -> 1, c -> w.get("bias").at(c)));
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
            ChannelLoops.affine(
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
    add(
        cases,
        "Embedding.expected",
        "",
        rows,
        (tf, w, u, in) -> Embedding.expected(tf, w, Kernels.PLAIN, in.get(0), 4, INIT),
        (w, in) -> Loops.multiply(in.get(0), w.get("table")));
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
    add(
        cases,
        "Resample.smoothlyDoubled",
        "",
        map,
        (tf, w, u, in) -> Resample.smoothlyDoubled(tf, in.get(0)),
        (w, in) -> Loops.bilinear(in.get(0), 8, 12));
    for (int[] size : new int[][] {{9, 8}, {3, 5}}) {
      add(
          cases,
          "Resample.bilinear",
          "to " + size[0] + "×" + size[1],
          map,
          (tf, w, u, in) -> Resample.bilinear(tf, in.get(0), size[0], size[1]),
          (w, in) -> Loops.bilinear(in.get(0), size[0], size[1]));
    }
    float[] places = places();
    add(
        cases,
        "BilinearSamples.at",
        "",
        List.of(new int[] {2, 4, 5, 3}),
        (tf, w, u, in) ->
            BilinearSamples.at(
                tf,
                tf.reshape(in.get(0), tf.constant(new int[] {2, 4, 5, 3})),
                tf.reshape(tf.constant(places), tf.constant(new int[] {2, -1, 4}))),
        (w, in) -> Loops.sampled(in.get(0), places));
    for (Grid grid : Grid.values()) {
      boolean corners = grid == Grid.CORNERS;
      for (int[] size : new int[][] {{9, 8}, {3, 6}, {4, 1}}) {
        add(
            cases,
            "Bicubic.resize",
            "to " + size[0] + "×" + size[1] + " " + grid,
            map,
            (tf, w, u, in) -> Bicubic.resize(tf, grid, in.get(0), size[0], size[1]),
            (w, in) -> Loops.bicubic(in.get(0), size[0], size[1], corners));
      }
      add(
          cases,
          "Bicubic.resize",
          "to a size that a run knows " + grid,
          map,
          (tf, w, u, in) -> Bicubic.resize(tf, grid, in.get(0), tf.constant(9), tf.constant(8)),
          (w, in) -> Loops.bicubic(in.get(0), 9, 8, corners));
    }
    int[] shape = map.get(0);
    double rows = (shape[1] - 1) / 8.0;
    double columns = (shape[2] - 1) / 7.0;
    add(
        cases,
        "Bicubic.sample",
        "three rows and two columns of an enlarged map",
        map,
        (tf, w, u, in) ->
            Bicubic.sample(
                tf,
                Grid.CORNERS,
                in.get(0),
                tf.constant(new double[] {0, 4 * rows, 8 * rows}),
                tf.constant(new double[] {columns, 6 * columns})),
        (w, in) -> {
          Values whole = Loops.bicubic(in.get(0), 9, 8, true);
          Values part = Values.zeros(shape[0], 3, 2, shape[3]);
          for (int n = 0; n < shape[0]; n++) {
            for (int i = 0; i < 6; i++) {
              for (int c = 0; c < shape[3]; c++) {
                part.add(whole.at(n, 4 * (i / 2), 1 + 5 * (i % 2), c), n, i / 2, i % 2, c);
              }
            }
          }
          return part;
        });
  }

  /** In two images: corners, the last row and column, between pixels, and one place twice. */
  private static float[] places() {
    float[] rows = {0, 1, 0.3f, 0.3f, 1, 0.5f, 0.95f, 0.7f, 0, 1, 0.1f, 0.6f, 0.62f, 0.6f};
    float[] columns = {0, 1, 0.7f, 0.7f, 0.2f, 0, 0.05f, 0.45f, 1, 0, 1, 0.4f, 0.41f, 0.9f};
    float[] places = new float[4 * rows.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = i % 2 == 0 ? rows[i / 4] : columns[i / 4];
    }
    return places;
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
        "Rotation.withTurned",
        "",
        List.of(new int[] {3, 2, 2, 1}),
        (tf, w, u, in) -> Rotation.withTurned(tf, in.get(0), 1, 2),
        (w, in) -> {
          double[] last = Arrays.copyOfRange(in.get(0).data(), 4, 12);
          Values turned = new Values(new int[] {2, 2, 2, 1}, last);
          double[] all =
              Stream.concat(
                      Stream.of(in.get(0)),
                      IntStream.range(1, 4).mapToObj(quarters -> Loops.turned(turned, quarters)))
                  .flatMapToDouble(values -> Arrays.stream(values.data()))
                  .toArray();
          return new Values(new int[] {9, 2, 2, 1}, all);
        });
  }

  private static void parts(List<LayerCase> cases) {
    add(
        cases,
        "Rows.of",
        "",
        List.of(new int[] {4, 2, 3}),
        (tf, w, u, in) -> Rows.of(tf, in.get(0), 1, 2),
        (w, in) -> new Values(new int[] {2, 2, 3}, Arrays.copyOfRange(in.get(0).data(), 6, 18)));
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

  static void add(
      List<LayerCase> cases,
      String entry,
      String setting,
      List<int[]> inputs,
      LayerCase.Build build,
      LayerCase.Oracle oracle) {
    cases.add(new LayerCase(entry, setting, inputs, 0, LayerCase.STEP, build, oracle));
  }
}
