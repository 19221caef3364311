package tsugiki.score;

import java.util.Map;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

/**
 * Precision and recall (Kynkäänniemi et al., NeurIPS 2019), density and coverage (Naeem et al.,
 * ICML 2020). Around every image lies a ball that reaches to its k-th nearest neighbour of its own
 * set, itself not counted; distances are Euclidean.
 *
 * <ul>
 *   <li>precision: share of generated images in the ball of at least one real image
 *   <li>recall: share of real images in the ball of at least one generated image
 *   <li>density: Σ over generated images of the number of real images' balls it lies in, divided by
 *       k times the number of generated images; may exceed 1
 *   <li>coverage: share of real images whose ball holds at least one generated image
 * </ul>
 *
 * <p>As in the authors' code, the balls of precision and recall hold their surface and those of
 * density and coverage do not; the difference shows only where distances are equal to the last bit.
 */
public final class PrecisionRecall {
  /**
   * The k of Kynkäänniemi et al. The example of Naeem et al.'s program has 5. Coverage depends on
   * it: two equal distributions with as many images each have about 1 − 2⁻ᵏ, 0.875 with 3 and 0.97
   * with 5.
   */
  public static final int DEFAULT_NEIGHBOURS = 3;

  private PrecisionRecall() {}

  /**
   * The four figures and the counts behind them.
   *
   * @param precise generated images in a real ball
   * @param recalled real images in a generated ball
   * @param memberships pairs of a generated image and a real ball that holds it
   * @param covered real images whose ball holds a generated image
   * @param neighbours k
   * @param real number of real images
   * @param generated number of generated images
   * @param protocol how it was computed, in words
   */
  public record Result(
      int precise,
      int recalled,
      long memberships,
      int covered,
      int neighbours,
      int real,
      int generated,
      String protocol) {
    /** In [0, 1]. */
    public double precision() {
      return (double) precise / generated;
    }

    /** In [0, 1]. */
    public double recall() {
      return (double) recalled / real;
    }

    /** At least 0. */
    public double density() {
      return memberships / ((double) neighbours * generated);
    }

    /** In [0, 1]. */
    public double coverage() {
      return (double) covered / real;
    }
  }

  /** The four figures with k = 3. */
  public static Result of(Features real, Features generated) {
    return of(real, generated, DEFAULT_NEIGHBOURS);
  }

  /**
   * The four figures.
   *
   * @param real [m, d], m > k
   * @param generated [n, d], n > k
   * @param neighbours k, at least 1
   * @throws BadInputException if k is below 1, a side has no more than k images, or the dimensions
   *     differ
   */
  public static Result of(Features real, Features generated, int neighbours) {
    real.requireSameDimensions(generated);
    if (neighbours < 1) {
      throw new BadInputException(
          "Precision and recall need at least 1 neighbour, and ⟨neighbours⟩ is " + neighbours);
    }
    String name = "precision and recall with " + neighbours + " neighbours";
    real.requireCount(neighbours + 1, name);
    generated.requireCount(neighbours + 1, name);
    Memberships in = Memberships.of(real, generated, neighbours);
    return new Result(
        (int) IntStream.of(in.closedBalls()).filter(balls -> balls > 0).count(),
        count(in.recalled()),
        IntStream.of(in.openBalls()).asLongStream().sum(),
        count(in.covered()),
        neighbours,
        real.count(),
        generated.count(),
        "k-nearest-neighbour balls, k = %d, Euclidean, closed for precision and recall, open for density and coverage"
            .formatted(neighbours));
  }

  /** The intervals of the four figures by their names. */
  static Map<String, Bootstrap.Interval> intervals(
      Features real, Features generated, int neighbours, Bootstrap bootstrap) {
    Memberships in = Memberships.of(real, generated, neighbours);
    return Map.of(
        "precision",
        bootstrap.ofMean(generated.count(), false, i -> in.closedBalls()[i] > 0 ? 1 : 0),
        "recall",
        bootstrap.ofMean(real.count(), true, i -> in.recalled()[i] ? 1 : 0),
        "density",
        bootstrap.ofMean(generated.count(), false, i -> (double) in.openBalls()[i] / neighbours),
        "coverage",
        bootstrap.ofMean(real.count(), true, i -> in.covered()[i] ? 1 : 0));
  }

  private static int count(boolean[] flags) {
    return (int) IntStream.range(0, flags.length).filter(i -> flags[i]).count();
  }
}
