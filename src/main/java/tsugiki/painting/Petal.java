package tsugiki.painting;

import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/**
 * The outline of one petal or leaf, growing from the origin along +x. A point of it is named by (u,
 * v): u in [0, 1] runs from base to tip, v in [−1, 1] from one edge to the other.
 *
 * @param length from base to tip, in painted pixels
 * @param halfWidth half the largest width, in painted pixels
 * @param base width at the base as a share of the largest
 * @param shoulder how far the edges end before the tip, as a share of the length
 * @param roundness 1 is a pointed tip, 2 a round one
 * @param notch depth of the cleft in the tip, as a share of the length
 * @param ruffle height of the waves along the tip, as a share of the length
 * @param phase where the waves begin, in radians
 * @param bend sideways sweep of the tip, as a share of the length
 */
record Petal(
    double length,
    double halfWidth,
    double base,
    double shoulder,
    double roundness,
    double notch,
    double ruffle,
    double phase,
    double bend) {
  private static final int STEPS = 24;
  private static final double NOTCH_WIDTH = 0.22;

  /** Length of the strand at v, in painted pixels. */
  double reach(double v) {
    double arc = Math.sqrt(Math.max(0, 1 - Math.pow(Math.abs(v), roundness)));
    double cleft = notch * Math.exp(-(v * v) / (NOTCH_WIDTH * NOTCH_WIDTH));
    double wave = ruffle * (Math.sin(5.3 * v + phase) + 0.6 * Math.sin(11.7 * v + 2 * phase));
    return length * (1 - shoulder * (1 - arc) - cleft + wave);
  }

  /** The point (u, v) in the petal's own coordinates, in painted pixels. */
  Point2D point(double u, double v) {
    double x = reach(v) * u;
    double widening = base + (1 - base) * Math.sin(Math.PI / 2 * Math.pow(u, 0.85));
    double sweep = bend * x * x / length;
    return new Point2D.Double(x, halfWidth * v * widening + sweep);
  }

  /** The closed outline. */
  Path2D outline() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, 0);
    for (int i = 0; i <= STEPS; i++) {
      lineTo(path, point((double) i / STEPS, -1));
    }
    for (int i = 1; i < 3 * STEPS; i++) {
      // The edge is steep at v = ±1: a cosine puts more points there.
      lineTo(path, point(1, -Math.cos(Math.PI * i / (3 * STEPS))));
    }
    for (int i = STEPS; i >= 0; i--) {
      lineTo(path, point((double) i / STEPS, 1));
    }
    path.closePath();
    return path;
  }

  /** The line of constant v from base to {@code end} (a share of the strand): a brush stroke. */
  Path2D strand(double v, double end) {
    Path2D path = new Path2D.Double();
    Point2D start = point(0, v);
    path.moveTo(start.getX(), start.getY());
    for (int i = 1; i <= STEPS; i++) {
      lineTo(path, point(end * i / STEPS, v));
    }
    return path;
  }

  private static void lineTo(Path2D path, Point2D p) {
    path.lineTo(p.getX(), p.getY());
  }
}
