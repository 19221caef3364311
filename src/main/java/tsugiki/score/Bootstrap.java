package tsugiki.score;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;

/**
 * Confidence intervals by drawing the images of both sides again, with replacement, and computing
 * the figure anew (Efron and Tibshirani, 1993, chapter 13): the 2.5th and the 97.5th percentile of
 * the figures.
 *
 * <p>A drawn set holds some images twice, which a figure may take for closeness. What is done about
 * it, by metric:
 *
 * <ul>
 *   <li>KID leaves out pairs of an image with its own copy, and so stays unbiased.
 *   <li>Precision, recall, density, coverage and the share of copies keep the balls of all images,
 *       since a copy's nearest neighbour is at distance 0; drawn again are the images that are
 *       tested for lying in a ball.
 *   <li>KMMD keeps the bandwidth of all real images.
 *   <li>FID, KMMD and the Inception Score, which are biased in few images, are biased once more in
 *       drawn ones. Their percentiles are moved by the difference between the figure and the mean
 *       of the drawn figures: the interval shows the spread, not the figure's own bias.
 * </ul>
 */
public final class Bootstrap {
  private static final double LEVEL = 0.95;

  /** Fewer draws than this leave no 2.5th percentile. */
  private static final int FEWEST = 40;

  /** So many draws take a second where 1,000 images of either side are compared. */
  private static final int FOR_A_PAGE = 200;

  private final int draws;
  private final long seed;

  /**
   * Sets one up.
   *
   * @param argument the argument that gave the number of draws, for the message
   * @param draws how many, at least 40; 1,000 is usual
   * @param seed the same seed draws the same images
   * @throws BadInputException if they are too few
   */
  public Bootstrap(String argument, int draws, long seed) {
    if (draws < FEWEST) {
      throw new BadInputException(
          "%s is %d, too few for the 2.5th percentile; give %d or more, usually 1000"
              .formatted(argument, draws, FEWEST));
    }
    this.draws = draws;
    this.seed = seed;
  }

  /** The intervals on the page of a training: {@value #FOR_A_PAGE} draws with a fixed seed. */
  public static Bootstrap forPage() {
    return new Bootstrap("⟨bootstrap⟩", FOR_A_PAGE, 0);
  }

  /** What the intervals of {@link #forPage} are, in a sentence. */
  public static String pageWords() {
    return "The 95 %% intervals are the percentiles of the scores when the images of both sides are drawn again, with replacement, %d times."
        .formatted(FOR_A_PAGE);
  }

  /**
   * Between which a figure lies.
   *
   * @param low the 2.5th percentile
   * @param high the 97.5th percentile
   */
  public record Interval(double low, double high) {
    /** The words of a table's cell, such as {@code 0.0120 to 0.0145}. */
    public String words(int digits) {
      String number = "%." + digits + "f";
      return String.format(Locale.ROOT, number + " to " + number, low, high);
    }
  }

  /** How often the images are drawn. */
  int draws() {
    return draws;
  }

  /** How the intervals are made, in words. */
  public String protocol() {
    return "95 %% percentile bootstrap, %d draws of the images of both sides with replacement, seed %d; KID without pairs of an image and its copy; KMMD's bandwidth and the balls of precision, recall, density, coverage and copies kept; percentiles of FID, KMMD and class scores moved so that the draws' mean is the figure"
        .formatted(draws, seed);
  }

  /** The rows of every draw, [draws, count]; the two sides' draws are independent. */
  int[][] rows(int count, boolean ofReal) {
    Random random = new Random(ofReal ? seed : ~seed);
    int[][] rows = new int[draws][count];
    for (int[] draw : rows) {
      Arrays.setAll(draw, i -> random.nextInt(count));
    }
    return rows;
  }

  /** How often each row is in every draw, [draws, count]; the same draws as {@link #rows}. */
  int[][] weights(int count, boolean ofReal) {
    int[][] rows = rows(count, ofReal);
    int[][] weights = new int[draws][count];
    for (int draw = 0; draw < draws; draw++) {
      for (int row : rows[draw]) {
        weights[draw][row]++;
      }
    }
    return weights;
  }

  /** The interval of a mean over one side's images, from every image's share in it. */
  Interval ofMean(int count, boolean ofReal, IntToDoubleFunction share) {
    return percentiles(
        Arrays.stream(rows(count, ofReal))
            .mapToDouble(draw -> IntStream.of(draw).mapToDouble(share).average().orElseThrow())
            .toArray());
  }

  /** The percentiles of the drawn figures, moved so that their mean is the figure; at least 0. */
  static Interval centred(double figure, double[] drawn) {
    double shift = figure - MeanDeviation.of(drawn).mean();
    Interval interval = percentiles(drawn);
    return new Interval(Math.max(0, interval.low() + shift), Math.max(0, interval.high() + shift));
  }

  /** The percentiles, linear between neighbours as {@code numpy.percentile}. */
  static Interval percentiles(double[] drawn) {
    double[] sorted = drawn.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, (1 - LEVEL) / 2), quantile(sorted, (1 + LEVEL) / 2));
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
