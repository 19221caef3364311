package tsugiki.score;

import java.util.Arrays;
import tsugiki.features.Features;

/** Distances to nearest neighbours of the same set. */
final class Neighbours {
  private Neighbours() {}

  /** Squared distance of every row from its k-th nearest other row; there are more than k rows. */
  static double[] squaredRadii(Features features, int neighbours) {
    double[] radii = new double[features.count()];
    InnerProducts.forEachRowOfSquaredDistances(
        features,
        features,
        (row, distances) -> {
          distances[row] = Double.POSITIVE_INFINITY;
          radii[row] = kthSmallest(distances, features.count(), neighbours);
        });
    return radii;
  }

  /** By insertion into the k smallest so far: k is small, and most values are not among them. */
  private static double kthSmallest(double[] values, int count, int k) {
    double[] smallest = new double[k];
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    for (int i = 0; i < count; i++) {
      int at = k - 1;
      if (values[i] < smallest[at]) {
        for (; at > 0 && smallest[at - 1] > values[i]; at--) {
          smallest[at] = smallest[at - 1];
        }
        smallest[at] = values[i];
      }
    }
    return smallest[k - 1];
  }
}
