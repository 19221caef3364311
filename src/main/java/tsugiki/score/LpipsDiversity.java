package tsugiki.score;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tsugiki.features.Features;

/**
 * How different generated images are from one another by a perceptual distance: the mean over pairs
 * of all images, and the mean within clusters around the training images (intra-cluster LPIPS, Ojha
 * et al. 2021), which few-shot adaptation is judged by: a generator that copies its training images
 * has clusters of one image each, many times, and a value near 0. Pure functions of a distance.
 */
public final class LpipsDiversity {
  /** The cap on a cluster's images in the authors' script. */
  public static final int MOST_A_CLUSTER = 50;

  private LpipsDiversity() {}

  /** A distance of two images by their indices. */
  @FunctionalInterface
  public interface Distance {
    /** The distance from the first's image to the second's, 0 or more. */
    double between(int first, int second);
  }

  /**
   * A mean distance.
   *
   * @param mean of the distances; NaN where there is no pair
   * @param pairs how many it is over
   */
  public record Mean(double mean, long pairs) {}

  /**
   * The mean distance within clusters.
   *
   * @param mean of the clusters' means; NaN where no cluster has two images
   * @param clusters how many clusters have two images or more, over which it is
   * @param sizes every cluster's images before the cap, in the order of the training images
   */
  public record Within(double mean, int clusters, List<Integer> sizes) {}

  /**
   * The squared Euclidean distance of two rows, in float64: LPIPS where the rows are those of the
   * network {@code lpips}. They have about 122 numbers per pixel, 8 MB per image of 128 pixels: of
   * many samples, find the {@link #nearest} in batches, and then measure cluster by cluster.
   *
   * @param a rows that the first index counts
   * @param b rows that the second counts
   * @throws tsugiki.base.BadInputException if the rows differ in length
   */
  public static Distance squared(Features a, Features b) {
    a.requireSameDimensions(b);
    float[] left = a.values();
    float[] right = b.values();
    int width = a.dimensions();
    return (i, j) -> {
      double sum = 0;
      for (int d = 0; d < width; d++) {
        double difference = (double) left[i * width + d] - right[j * width + d];
        sum += difference * difference;
      }
      return sum;
    };
  }

  /**
   * The mean over the pairs of different images, each taken once.
   *
   * @param count how many images there are
   * @param mostPairs how many pairs to take at most: all, where there are no more, otherwise so
   *     many drawn with replacement
   * @param seed of the draw
   */
  public static Mean pairwise(int count, Distance distance, long mostPairs, long seed) {
    long all = (long) count * (count - 1) / 2;
    double sum = 0;
    if (all <= mostPairs) {
      for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
          sum += distance.between(i, j);
        }
      }
      return new Mean(sum / all, all);
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (long pair = 0; pair < mostPairs; pair++) {
      int i = random.nextInt(count);
      int j = random.nextInt(count - 1);
      sum += distance.between(i, j < i ? j : j + 1);
    }
    return new Mean(sum / mostPairs, mostPairs);
  }

  /**
   * The nearest training image of each sample, the first of equally near ones.
   *
   * @param toTraining the distance from a sample to a training image
   */
  public static int[] nearest(int samples, int trainingImages, Distance toTraining) {
    int[] nearest = new int[samples];
    for (int i = 0; i < samples; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int t = 0; t < trainingImages; t++) {
        double distance = toTraining.between(i, t);
        if (distance < least) {
          least = distance;
          nearest[i] = t;
        }
      }
    }
    return nearest;
  }

  /**
   * The mean within clusters: each sample belongs to its nearest training image, each cluster of
   * two samples or more has the mean over its pairs, and the result is the mean of those means.
   *
   * @param nearest what {@link #nearest} gave
   * @param trainingImages how many clusters there are
   * @param distance between two samples
   * @param mostACluster the first so many samples of a cluster are taken; {@link #MOST_A_CLUSTER}
   */
  public static Within within(
      int[] nearest, int trainingImages, Distance distance, int mostACluster) {
    List<List<Integer>> members = new ArrayList<>();
    for (int t = 0; t < trainingImages; t++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < nearest.length; i++) {
      members.get(nearest[i]).add(i);
    }
    double sum = 0;
    int clusters = 0;
    for (List<Integer> cluster : members) {
      List<Integer> taken = cluster.subList(0, Math.min(cluster.size(), mostACluster));
      if (taken.size() > 1) {
        Distance inside = (i, j) -> distance.between(taken.get(i), taken.get(j));
        sum += pairwise(taken.size(), inside, Long.MAX_VALUE, 0).mean();
        clusters++;
      }
    }
    return new Within(sum / clusters, clusters, members.stream().map(List::size).toList());
  }
}
