package tsugiki.score;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

/**
 * Inception Score (Salimans et al., NeurIPS 2016): exp of the mean over images of the Kullback–
 * Leibler divergence of the image's class probabilities from their mean over the images,
 *
 * <p>IS = exp(mean_i Σ_c p_ic (log p_ic − log mean_j p_jc)),
 *
 * <p>in natural logarithms, with 0 log 0 = 0. Larger is better; it lies between 1 and the number of
 * classes. With S splits, split s takes images [sN/S, (s+1)N/S), and the figure is the mean of the
 * splits' scores with their population deviation. The name IS is for the 1,008 probabilities of the
 * 2015 Inception network, its logits taken without bias.
 */
public final class InceptionScore {
  /** How far a row's sum may be from 1; float32 softmax over 1,008 classes stays below 1e-5. */
  private static final double SUM_TOLERANCE = 1e-3;

  private InceptionScore() {}

  /**
   * The score and what it was made from.
   *
   * @param mean mean of the splits' scores
   * @param deviation their population standard deviation, 0 for one split
   * @param splits number of splits
   * @param images number of images
   * @param classes number of classes
   * @param protocol how it was reckoned, in words
   */
  public record Result(
      double mean, double deviation, int splits, int images, int classes, String protocol) {}

  /**
   * The score with the images in the order given, as the authors' code does.
   *
   * @param probabilities [N, C], each row at least 0 and with the sum 1
   * @param splits from 1 to N; usually 10
   * @throws BadInputException if a row holds no probabilities, or there are more splits than images
   */
  public static Result inOrder(Features probabilities, int splits) {
    requireProbabilities(probabilities);
    return score(probabilities, splits, "file order");
  }

  /**
   * The score with the images shuffled first, so that files sorted by class do not put one class
   * into each split.
   *
   * @param probabilities as in {@link #inOrder}
   * @param splits as in {@link #inOrder}
   * @param seed the same seed shuffles the same way
   */
  public static Result shuffled(Features probabilities, int splits, long seed) {
    requireProbabilities(probabilities);
    int count = probabilities.count();
    int[] order = Draws.withoutReplacement(count, count, new Random(seed));
    return score(probabilities.select(order), splits, "shuffled with seed " + seed);
  }

  /** The interval of a result; every draw is taken in its own order, so it shuffles. */
  static Bootstrap.Interval interval(Features probabilities, Result figure, Bootstrap bootstrap) {
    double[] negentropies = negentropies(probabilities);
    int[][] draws = bootstrap.rows(probabilities.count(), false);
    double[] drawn =
        Arrays.stream(draws)
            .parallel()
            .mapToDouble(
                rows ->
                    MeanDeviation.of(scores(probabilities, negentropies, rows, figure.splits()))
                        .mean())
            .toArray();
    return Bootstrap.centred(figure.mean(), drawn);
  }

  private static Result score(Features probabilities, int splits, String order) {
    int count = probabilities.count();
    if (splits < 1 || splits > count) {
      throw new BadInputException(
          "The Inception Score of %s cannot be had in %d splits from %d images; take 1 to %d splits"
              .formatted(probabilities.source(), splits, count, count));
    }
    double[] scores =
        scores(
            probabilities,
            negentropies(probabilities),
            IntStream.range(0, count).toArray(),
            splits);
    MeanDeviation figure = MeanDeviation.of(scores);
    return new Result(
        figure.mean(),
        figure.deviation(),
        splits,
        count,
        probabilities.dimensions(),
        "exp(mean KL(p(y|x) || p(y))), %d splits, %s, mean and population deviation"
            .formatted(splits, order));
  }

  private static int first(int split, int splits, int count) {
    return (int) ((long) split * count / splits);
  }

  private static double[] scores(
      Features probabilities, double[] negentropies, int[] rows, int splits) {
    return IntStream.range(0, splits)
        .mapToDouble(
            s ->
                scoreOfSplit(
                    probabilities,
                    negentropies,
                    Arrays.copyOfRange(
                        rows, first(s, splits, rows.length), first(s + 1, splits, rows.length))))
        .toArray();
  }

  /** The mean divergence is Σ p log p, in the mean, less Σ m log m of the mean probabilities m. */
  private static double scoreOfSplit(Features probabilities, double[] negentropies, int[] rows) {
    int classes = probabilities.dimensions();
    float[] values = probabilities.values();
    double[] sums = new double[classes];
    double negentropy = 0;
    for (int row : rows) {
      negentropy += negentropies[row];
      for (int c = 0; c < classes; c++) {
        sums[c] += values[row * classes + c];
      }
    }
    double ofMean = 0;
    for (double sum : sums) {
      double p = sum / rows.length;
      ofMean += p > 0 ? p * Math.log(p) : 0;
    }
    // Below 1 it would be rounding alone: a divergence is never negative.
    return Math.exp(Math.max(0, negentropy / rows.length - ofMean));
  }

  /** Σ p log p of every row. */
  private static double[] negentropies(Features probabilities) {
    double[] negentropies = new double[probabilities.count()];
    for (int row = 0; row < negentropies.length; row++) {
      for (int c = 0; c < probabilities.dimensions(); c++) {
        double p = probabilities.get(row, c);
        negentropies[row] += p > 0 ? p * Math.log(p) : 0;
      }
    }
    return negentropies;
  }

  private static void requireProbabilities(Features probabilities) {
    for (int row = 0; row < probabilities.count(); row++) {
      double sum = 0;
      for (int c = 0; c < probabilities.dimensions(); c++) {
        float p = probabilities.get(row, c);
        if (p < 0) {
          throw refusal(probabilities, row, "holds " + p);
        }
        sum += p;
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE) {
        throw refusal(probabilities, row, "has the sum " + sum);
      }
    }
  }

  private static BadInputException refusal(Features probabilities, int row, String found) {
    return new BadInputException(
        "%s: row %d (counted from 0) %s; give probabilities that sum to 1, not logits or features"
            .formatted(probabilities.source(), row, found));
  }
}
