package tsugiki.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.loss.CrossEntropy;
import tsugiki.loss.GradientPenalty;
import tsugiki.loss.HingeLoss;
import tsugiki.loss.NonSaturatingLoss;
import tsugiki.loss.PerceptualLoss;
import tsugiki.loss.WassersteinLoss;

/** The cases of the losses; those of whole distributions are in {@link DistributionCases}. */
final class LossCases {
  private static final float SMOOTHING = 0.3f;
  private static final long[] LABELS = {2, 0, 1};

  /** As {@link #LABELS}, and the second row without a label. */
  private static final long[] SOME_LABELS = {2, -1, 1};

  private LossCases() {}

  static void addTo(List<LayerCase> cases) {
    hinge(cases);
    otherScores(cases);
    gradientPenalty(cases);
    crossEntropy(cases);
    perceptual(cases);
    DistributionCases.addTo(cases);
  }

  /** Scores around 1 and −1, where the kinks are; no input is 0. */
  private static void hinge(List<LayerCase> cases) {
    LayerCases.add(
        cases,
        "HingeLoss.discriminator",
        "",
        List.of(new int[] {4, 1}, new int[] {3, 1}),
        (tf, w, u, in) ->
            HingeLoss.discriminator(tf, shifted(tf, in.get(0), 1), shifted(tf, in.get(1), -1)),
        (w, in) ->
            Values.scalar(
                mean(in.get(0), x -> Math.max(0, 1 - (x + 1)))
                    + mean(in.get(1), x -> Math.max(0, 1 + (x - 1)))));
    LayerCases.add(
        cases,
        "HingeLoss.generator",
        "",
        List.of(new int[] {3, 1}),
        (tf, w, u, in) -> HingeLoss.generator(tf, in.get(0)),
        (w, in) -> Values.scalar(-mean(in.get(0), x -> x)));
  }

  private static void otherScores(List<LayerCase> cases) {
    List<int[]> both = List.of(new int[] {4, 1}, new int[] {3, 1});
    List<int[]> fake = List.of(new int[] {3, 1});
    DoubleUnaryOperator softplus = x -> Math.log1p(Math.exp(x));
    LayerCases.add(
        cases,
        "NonSaturatingLoss.discriminator",
        "",
        both,
        (tf, w, u, in) -> NonSaturatingLoss.discriminator(tf, in.get(0), in.get(1)),
        (w, in) ->
            Values.scalar(
                mean(in.get(0), x -> softplus.applyAsDouble(-x)) + mean(in.get(1), softplus)));
    LayerCases.add(
        cases,
        "NonSaturatingLoss.generator",
        "",
        fake,
        (tf, w, u, in) -> NonSaturatingLoss.generator(tf, in.get(0)),
        (w, in) -> Values.scalar(mean(in.get(0), x -> softplus.applyAsDouble(-x))));
    LayerCases.add(
        cases,
        "WassersteinLoss.discriminator",
        "",
        both,
        (tf, w, u, in) -> WassersteinLoss.discriminator(tf, in.get(0), in.get(1)),
        (w, in) -> Values.scalar(mean(in.get(1), x -> x) - mean(in.get(0), x -> x)));
    LayerCases.add(
        cases,
        "WassersteinLoss.generator",
        "",
        fake,
        (tf, w, u, in) -> WassersteinLoss.generator(tf, in.get(0)),
        (w, in) -> Values.scalar(-mean(in.get(0), x -> x)));
  }

  /** Of the critic D(x) = Σ w·x², whose slope is 2·w·x. */
  private static void gradientPenalty(List<LayerCase> cases) {
    int[] images = {2, 1, 2, 3};
    int[] shares = {2, 1, 1, 1};
    LayerCases.add(
        cases,
        "GradientPenalty.between",
        "",
        List.of(images, images, shares),
        (tf, w, u, in) -> GradientPenalty.between(tf, in.get(0), in.get(1), in.get(2)),
        (w, in) -> {
          double[] between = new double[12];
          for (int i = 0; i < between.length; i++) {
            double share = in.get(2).data()[i / 6];
            between[i] = share * in.get(0).data()[i] + (1 - share) * in.get(1).data()[i];
          }
          return new Values(images, between);
        });
    LayerCases.add(
        cases,
        "GradientPenalty.apply",
        "",
        List.of(images, new int[] {6}),
        (tf, w, u, in) -> {
          // The number of images has to be known.
          Operand<TFloat32> x = tf.reshape(in.get(0), tf.constant(images));
          Operand<TFloat32> rows = tf.reshape(tf.math.square(x), tf.constant(new int[] {2, 6}));
          Operand<TFloat32> scores = tf.sum(tf.math.mul(rows, in.get(1)), tf.constant(1));
          return GradientPenalty.apply(tf, x, scores);
        },
        (w, in) -> {
          double sum = 0;
          for (int n = 0; n < 2; n++) {
            double squares = 0;
            for (int i = 0; i < 6; i++) {
              squares += Math.pow(2 * in.get(1).data()[i] * in.get(0).data()[6 * n + i], 2);
            }
            sum += Math.pow(Math.sqrt(squares + 1e-12) - 1, 2) / 2;
          }
          return Values.scalar(sum);
        });
    LayerCases.add(
        cases,
        "GradientPenalty.perPixel",
        "",
        List.of(images, images),
        (tf, w, u, in) ->
            GradientPenalty.perPixel(
                tf, in.get(0), tf.math.mul(in.get(1), tf.math.square(in.get(0)))),
        (w, in) -> {
          double sum = 0;
          for (int pixel = 0; pixel < 4; pixel++) {
            double squares = 0;
            for (int i = 3 * pixel; i < 3 * pixel + 3; i++) {
              squares += Math.pow(2 * in.get(1).data()[i] * in.get(0).data()[i], 2);
            }
            sum += Math.pow(Math.sqrt(squares + 1e-12) - 1, 2) / 4;
          }
          return Values.scalar(sum);
        });
  }

  private static void crossEntropy(List<LayerCase> cases) {
    List<int[]> logits = List.of(new int[] {3, 4});
    LayerCases.add(
        cases,
        "CrossEntropy.smoothed",
        "",
        logits,
        (tf, w, u, in) -> CrossEntropy.smoothed(tf, in.get(0), tf.constant(LABELS), SMOOTHING),
        (w, in) -> Values.scalar(crossEntropy(in.get(0), LABELS, SMOOTHING)));
    LayerCases.add(
        cases,
        "CrossEntropy.ofKnown",
        "smoothed",
        logits,
        (tf, w, u, in) -> CrossEntropy.ofKnown(tf, in.get(0), tf.constant(SOME_LABELS), SMOOTHING),
        (w, in) -> Values.scalar(crossEntropy(in.get(0), SOME_LABELS, SMOOTHING)));
    LayerCases.add(
        cases,
        "CrossEntropy.ofKnown",
        "as they are",
        logits,
        (tf, w, u, in) -> CrossEntropy.ofKnown(tf, in.get(0), tf.constant(SOME_LABELS)),
        (w, in) -> Values.scalar(crossEntropy(in.get(0), SOME_LABELS, 0)));
  }

  private static void perceptual(List<LayerCase> cases) {
    int[] wide = {1, 1, 2, 1};
    int[] deep = {1, 1, 1, 3};
    LayerCases.add(
        cases,
        "PerceptualLoss.terms",
        "two maps",
        List.of(wide, deep, wide, deep),
        (tf, w, u, in) -> tf.stack(PerceptualLoss.terms(tf, in.subList(0, 2), in.subList(2, 4))),
        (w, in) ->
            new Values(
                new int[] {2},
                new double[] {
                  meanDistance(in.get(0), in.get(2)), meanDistance(in.get(1), in.get(3))
                }));
    LayerCases.add(
        cases,
        "PerceptualLoss.weighted",
        "",
        List.of(new int[] {1}, new int[] {1}, new int[] {2}),
        (tf, w, u, in) -> {
          List<Operand<TFloat32>> terms = new ArrayList<>();
          in.subList(0, 2).forEach(term -> terms.add(Reduce.sum(tf, term)));
          return PerceptualLoss.weighted(tf, terms, in.get(2));
        },
        (w, in) ->
            Values.scalar(in.get(0).at(0) * in.get(2).at(0) + in.get(1).at(0) * in.get(2).at(1)));
  }

  private static Operand<TFloat32> shifted(Ops tf, Operand<TFloat32> x, float by) {
    return tf.math.add(x, tf.constant(by));
  }

  private static double mean(Values x, DoubleUnaryOperator f) {
    return Arrays.stream(x.data()).map(f).average().orElseThrow();
  }

  private static double meanDistance(Values a, Values b) {
    return IntStream.range(0, a.data().length)
        .mapToDouble(i -> Math.abs(a.data()[i] - b.data()[i]))
        .average()
        .orElseThrow();
  }

  /** −Σ target · ln softmax over the rows with a label, by their number. */
  private static double crossEntropy(Values logits, long[] labels, double smoothing) {
    int classes = logits.shape()[1];
    double sum = 0;
    int known = 0;
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0) {
        continue;
      }
      known++;
      double all = 0;
      for (int k = 0; k < classes; k++) {
        all += Math.exp(logits.at(row, k));
      }
      for (int k = 0; k < classes; k++) {
        double target = smoothing / classes + (k == labels[row] ? 1 - smoothing : 0);
        sum -= target * (logits.at(row, k) - Math.log(all));
      }
    }
    return sum / known;
  }
}
