package tsugiki.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tsugiki.features.Features;

/**
 * How many generated images are copies of training images, nearly or exactly. A generated image is
 * a copy if its nearest training image is as near to it, or nearer, as that training image is to
 * the nearest other training image; distances are Euclidean. This is 1 less the share of authentic
 * samples of Alaa et al. ("How Faithful is your Synthetic Data?", ICML 2022, section 3.3).
 *
 * <p>Images drawn anew from the training images' own distribution are copies by chance too: of many
 * training images, with a share between one half (in many dimensions) and two thirds (in one),
 * which is how often an image is the nearest neighbour of its own nearest neighbour. A share well
 * above says that the generator repeats its training images; held-out images give the share to
 * compare with.
 */
public final class Memorisation {
  private Memorisation() {}

  /**
   * A generated image and the training image next to it.
   *
   * @param generated the generated image's row
   * @param training the training image's row
   * @param distance between the two
   * @param radius the training image's distance from the nearest other training image
   */
  public record Pair(int generated, int training, double distance, double radius) {
    /** Whether the generated image counts as a copy. */
    public boolean copy() {
      return distance <= radius;
    }
  }

  /**
   * The share and the pairs behind it.
   *
   * @param copies how many generated images are copies
   * @param pairs every generated image with its nearest training image, the closest pair first
   * @param training number of training images
   * @param protocol how it was computed, in words
   */
  public record Result(int copies, List<Pair> pairs, int training, String protocol) {
    /** In [0, 1]. */
    public double share() {
      return (double) copies / pairs.size();
    }

    /** The interval of {@link #share} under other draws of the generated images. */
    public Bootstrap.Interval interval(Bootstrap bootstrap) {
      return bootstrap.ofMean(pairs.size(), false, i -> pairs.get(i).copy() ? 1 : 0);
    }
  }

  /**
   * Looks for copies.
   *
   * @param training [m, d], m ≥ 2
   * @param generated [n, d]
   * @throws tsugiki.base.BadInputException if there is a single training image, or the dimensions
   *     differ
   */
  public static Result of(Features training, Features generated) {
    training.requireSameDimensions(generated);
    training.requireCount(2, "The check for copies", "training images");
    double[] radii = Neighbours.squaredRadii(training, 1);
    Pair[] pairs = new Pair[generated.count()];
    InnerProducts.forEachRowOfSquaredDistances(
        generated,
        training,
        (row, distances) -> {
          int nearest = 0;
          for (int i = 1; i < training.count(); i++) {
            nearest = distances[i] < distances[nearest] ? i : nearest;
          }
          pairs[row] =
              new Pair(row, nearest, Math.sqrt(distances[nearest]), Math.sqrt(radii[nearest]));
        });
    return new Result(
        (int) IntStream.range(0, pairs.length).filter(i -> pairs[i].copy()).count(),
        List.of(pairs).stream().sorted(Comparator.comparingDouble(Pair::distance)).toList(),
        training.count(),
        "share of generated images at most as far from their nearest training image as that one is from the nearest other training image, Euclidean");
  }

  /**
   * The mean distance of generated images from the nearest training image, over the mean distance
   * of the training images from the nearest other one. Held-out images of the same kind have about
   * 1, copies 0.
   *
   * @param training [m, d], m ≥ 2
   * @param generated [n, d]
   * @throws tsugiki.base.BadInputException if there is a single training image, or the dimensions
   *     differ
   */
  public static double distance(Features training, Features generated) {
    double others =
        Arrays.stream(Neighbours.squaredRadii(training, 1)).map(Math::sqrt).average().orElseThrow();
    return of(training, generated).pairs().stream()
            .mapToDouble(Pair::distance)
            .average()
            .orElseThrow()
        / others;
  }
}
