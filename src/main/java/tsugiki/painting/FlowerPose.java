package tsugiki.painting;

import static tsugiki.painting.Gouache.between;

import java.awt.geom.AffineTransform;
import java.util.SplittableRandom;

/**
 * The place of a blossom on the canvas and its angle to the viewer.
 *
 * @param x centre in painted pixels from the left
 * @param y centre in painted pixels from the top
 * @param reach length of the upper ring's petals in painted pixels
 * @param spin turn about the blossom's own axis, in radians
 * @param tilt angle between the blossom's axis and the viewer's, in radians
 * @param leaning direction on the canvas that the axis leans to, in radians (y points down)
 * @param light direction on the canvas that the light comes from, in radians
 */
record FlowerPose(
    double x, double y, double reach, double spin, double tilt, double leaning, double light) {
  private static final double MIDDLE = Gouache.SIDE / 2.0;

  /** Draws a pose near the middle of the canvas, lit from above. */
  static FlowerPose of(SplittableRandom random) {
    return new FlowerPose(
        MIDDLE + between(random, -26, 26),
        MIDDLE + between(random, -30, 18),
        Gouache.SIDE * between(random, 0.355, 0.44),
        between(random, 0, 2 * Math.PI),
        between(random, 0.1, 0.75),
        between(random, 0, 2 * Math.PI),
        -Math.PI / 2 + between(random, -1.0, 1.0));
  }

  /**
   * Carries the blossom's flat coordinates (origin in its centre) to the canvas, foreshortened
   * along the direction it leans to.
   *
   * @param height of the plane above the petals, towards the viewer, in painted pixels
   */
  AffineTransform plane(double height) {
    double lift = height * Math.sin(tilt);
    AffineTransform plane = new AffineTransform();
    plane.translate(x + lift * Math.cos(leaning), y + lift * Math.sin(leaning));
    plane.rotate(leaning);
    plane.scale(Math.cos(tilt), 1);
    plane.rotate(spin - leaning);
    return plane;
  }

  /** Horizontal distance in painted pixels that a shadow falls away from a thing of this height. */
  double shadowX(double height) {
    return -height * Math.cos(light);
  }

  /** As {@link #shadowX}, downwards. */
  double shadowY(double height) {
    return -height * Math.sin(light);
  }
}
