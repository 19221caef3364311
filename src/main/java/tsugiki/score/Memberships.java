package tsugiki.score;

import tsugiki.features.Features;

/**
 * Which images lie in which balls, each image by itself.
 *
 * @param closedBalls [n] in how many real images' balls, surface included, a generated image lies
 * @param openBalls [n] the same without the surface
 * @param recalled [m] whether a real image lies in a generated image's ball
 * @param covered [m] whether a real image's ball holds a generated image
 */
record Memberships(int[] closedBalls, int[] openBalls, boolean[] recalled, boolean[] covered) {
  /** With balls that reach to the k-th nearest other image of the own set. */
  static Memberships of(Features real, Features generated, int neighbours) {
    double[] realRadii = Neighbours.squaredRadii(real, neighbours);
    double[] generatedRadii = Neighbours.squaredRadii(generated, neighbours);
    int[] closedBalls = new int[generated.count()];
    int[] openBalls = new int[generated.count()];
    InnerProducts.forEachRowOfSquaredDistances(
        generated,
        real,
        (row, distances) -> {
          closedBalls[row] = ballsHolding(distances, realRadii, true);
          openBalls[row] = ballsHolding(distances, realRadii, false);
        });
    boolean[] recalled = new boolean[real.count()];
    boolean[] covered = new boolean[real.count()];
    InnerProducts.forEachRowOfSquaredDistances(
        real,
        generated,
        (row, distances) -> {
          recalled[row] = ballsHolding(distances, generatedRadii, true) > 0;
          covered[row] = smallest(distances, generated.count()) < realRadii[row];
        });
    return new Memberships(closedBalls, openBalls, recalled, covered);
  }

  private static int ballsHolding(double[] distances, double[] radii, boolean closed) {
    int balls = 0;
    for (int i = 0; i < radii.length; i++) {
      if (distances[i] < radii[i] || (closed && distances[i] == radii[i])) {
        balls++;
      }
    }
    return balls;
  }

  private static double smallest(double[] values, int count) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      smallest = Math.min(smallest, values[i]);
    }
    return smallest;
  }
}
