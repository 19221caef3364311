package tsugiki.score;

import java.util.Random;
import java.util.stream.IntStream;
import tsugiki.BadInputException;

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

  private static Result score(Features probabilities, int splits, String order) {
    int count = probabilities.count();
    if (splits < 1 || splits > count) {
      throw new BadInputException(
          "The Inception Score of %s cannot be had in %d splits from %d images; take 1 to %d splits"
              .formatted(probabilities.source(), splits, count, count));
    }
    double[] scores =
        IntStream.range(0, splits)
            .mapToDouble(
                s ->
                    scoreOfSplit(
                        probabilities, first(s, splits, count), first(s + 1, splits, count)))
            .toArray();
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

  private static double scoreOfSplit(Features probabilities, int from, int to) {
    double[] mean = Centering.mean(probabilities, from, to - from);
    double divergences = 0;
    for (int row = from; row < to; row++) {
      for (int c = 0; c < mean.length; c++) {
        double p = probabilities.get(row, c);
        if (p > 0) {
          divergences += p * (Math.log(p) - Math.log(mean[c]));
        }
      }
    }
    return Math.exp(divergences / (to - from));
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
