package tsugiki.score;

import java.util.Arrays;
import java.util.stream.IntStream;
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
  private InceptionScore() {}

  /**
   * The score and what it was made from.
   *
   * @param mean mean of the splits' scores
   * @param deviation their population standard deviation, 0 for one split
   * @param splits number of splits
   * @param images number of images
   * @param classes number of classes
   * @param protocol how it was computed, in words
   */
  public record Result(
      double mean, double deviation, int splits, int images, int classes, String protocol) {}

  /**
   * The score with the images in the order given, as the authors' code does.
   *
   * @param probabilities [N, C], each row at least 0 and with the sum 1
   * @param splits from 1 to N; usually 10
   * @throws tsugiki.base.BadInputException if a row holds no probabilities, or there are more
   *     splits than images
   */
  public static Result inOrder(Features probabilities, int splits) {
    return score(
        probabilities,
        InceptionScoreSums.inOrder(probabilities.source(), probabilities.count(), splits));
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
    return score(
        probabilities,
        InceptionScoreSums.shuffled(probabilities.source(), probabilities.count(), splits, seed));
  }

  private static Result score(Features probabilities, InceptionScoreSums sums) {
    sums.accept(probabilities);
    return sums.result();
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

  /** The first image of a split. */
  static int first(int split, int splits, int count) {
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
    return ofSplit(sums, negentropy, rows.length);
  }

  /**
   * The score of one split.
   *
   * @param sums of the probabilities over the split's images [C]
   * @param negentropy Σ p log p, summed over them
   * @param images how many they are
   */
  static double ofSplit(double[] sums, double negentropy, int images) {
    double ofMean = 0;
    for (double sum : sums) {
      double p = sum / images;
      ofMean += p > 0 ? p * Math.log(p) : 0;
    }
    // Below 1 it would be rounding alone: a divergence is never negative.
    return Math.exp(Math.max(0, negentropy / images - ofMean));
  }

  private static double[] negentropies(Features probabilities) {
    return IntStream.range(0, probabilities.count())
        .mapToDouble(row -> negentropy(probabilities, row))
        .toArray();
  }

  /** Σ p log p of one row. */
  static double negentropy(Features probabilities, int row) {
    double negentropy = 0;
    for (int c = 0; c < probabilities.dimensions(); c++) {
      double p = probabilities.get(row, c);
      negentropy += p > 0 ? p * Math.log(p) : 0;
    }
    return negentropy;
  }
}
