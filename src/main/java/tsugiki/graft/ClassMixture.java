package tsugiki.graft;

import java.util.stream.IntStream;

/**
 * The mixture of points that is nearest to another point: least squares with shares that are
 * positive and sum to 1, by Frank and Wolfe's method (1956) with exact line search. Each entry of
 * the points counts by its own deviation over the points.
 */
final class ClassMixture {
  private static final int STEPS = 2_000;

  private final double[][] points;
  private final double[] target;

  /**
   * Takes the points.
   *
   * @param points [K][F]
   * @param target [F]
   */
  ClassMixture(double[][] points, double[] target) {
    this.points = new double[points.length][target.length];
    this.target = new double[target.length];
    for (int f = 0; f < target.length; f++) {
      double mean = 0;
      double squares = 0;
      for (double[] point : points) {
        mean += point[f] / points.length;
        squares += point[f] * point[f] / points.length;
      }
      // An entry that is the same for all points tells nothing about them.
      double variance = squares - mean * mean;
      double scale = variance > 1e-12 * squares ? 1 / Math.sqrt(variance) : 0;
      for (int k = 0; k < points.length; k++) {
        this.points[k][f] = (points[k][f] - mean) * scale;
      }
      this.target[f] = (target[f] - mean) * scale;
    }
  }

  /** The index of the nearest point. */
  int nearest() {
    int best = 0;
    for (int k = 1; k < points.length; k++) {
      if (distance(points[k]) < distance(points[best])) {
        best = k;
      }
    }
    return best;
  }

  /** The share of each point in the nearest mixture [K]. */
  double[] shares() {
    double[] shares = new double[points.length];
    int first = nearest();
    shares[first] = 1;
    double[] mixture = points[first].clone();
    for (int step = 0; step < STEPS; step++) {
      double[] residual = new double[target.length];
      for (int f = 0; f < target.length; f++) {
        residual[f] = target[f] - mixture[f];
      }
      // The point to which the way leads down most steeply.
      int towards =
          IntStream.range(0, points.length)
              .reduce((a, b) -> dot(points[b], residual) > dot(points[a], residual) ? b : a)
              .orElseThrow();
      double[] way = new double[target.length];
      for (int f = 0; f < target.length; f++) {
        way[f] = points[towards][f] - mixture[f];
      }
      double length = dot(way, way);
      double stride = length == 0 ? 0 : Math.min(1, dot(way, residual) / length);
      if (stride <= 0) {
        break;
      }
      for (int k = 0; k < shares.length; k++) {
        shares[k] *= 1 - stride;
      }
      shares[towards] += stride;
      for (int f = 0; f < target.length; f++) {
        mixture[f] += stride * way[f];
      }
    }
    return shares;
  }

  private double distance(double[] point) {
    double sum = 0;
    for (int f = 0; f < target.length; f++) {
      sum += (point[f] - target[f]) * (point[f] - target[f]);
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int f = 0; f < a.length; f++) {
      sum += a[f] * b[f];
    }
    return sum;
  }
}
