package tsugiki.painting;

import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The ten things that {@link ShapePainter} paints, as outlines within [−1, 1]² with y downwards.
 * Each has an upper and a lower end, so that rotations can be recognised, and is much like its
 * mirror image.
 */
enum PaintedShape {
  ARROW(polygon(0, -.9, .6, -.2, .2, -.2, .2, .9, -.2, .9, -.2, -.2, -.6, -.2)),
  BOAT(
      union(
          polygon(-.9, .4, .9, .4, .5, .9, -.5, .9),
          polygon(-.05, .25, -.05, -.9, -.7, .25),
          polygon(.1, .25, .1, -.6, .6, .25))),
  CROWN(polygon(-.85, .6, -.85, -.5, -.4, .05, 0, -.7, .4, .05, .85, -.5, .85, .6)),
  CUP(union(polygon(-.7, -.6, .4, -.6, .25, .7, -.55, .7), ring(.45, 0, .4))),
  HEART(heart()),
  HOUSE(
      without(
          union(polygon(-.9, -.1, 0, -.9, .9, -.1), box(-.65, -.1, 1.3, 1)),
          box(-.15, .35, .3, .55))),
  KEY(
      union(
          ring(0, -.5, .42),
          box(-.1, -.15, .2, 1.05),
          box(.1, .4, .35, .16),
          box(.1, .7, .3, .16))),
  MUSHROOM(union(dome(-.85, -.8, 1.7, 1.5), box(-.28, -.1, .56, .95))),
  TREE(
      union(
          polygon(0, -.9, .5, -.2, -.5, -.2),
          polygon(0, -.5, .75, .45, -.75, .45),
          box(-.13, .45, .26, .45))),
  UMBRELLA(
      union(
          dome(-.9, -.85, 1.8, 1.1),
          box(-.06, -.4, .12, 1.2),
          without(ring(-.17, .7, .22), box(-.5, .4, 1, .3))));

  private final Shape outline;

  PaintedShape(Shape outline) {
    this.outline = outline;
  }

  Shape outline() {
    return outline;
  }

  /** The names in the order of the constants, which is sorted. */
  static List<String> names() {
    return Arrays.stream(values()).map(PaintedShape::toString).toList();
  }

  /** The name of the class. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Shape polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  private static Shape heart() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, .85);
    path.curveTo(-1.4, -.1, -.7, -1.2, 0, -.4);
    path.curveTo(.7, -1.2, 1.4, -.1, 0, .85);
    path.closePath();
    return path;
  }

  private static Shape box(double x, double y, double width, double height) {
    return new Rectangle2D.Double(x, y, width, height);
  }

  /** The upper half of an ellipse in that box. */
  private static Shape dome(double x, double y, double width, double height) {
    return new Arc2D.Double(x, y, width, height, 0, 180, Arc2D.PIE);
  }

  private static Shape ring(double x, double y, double radius) {
    return without(disc(x, y, radius), disc(x, y, radius / 2));
  }

  private static Shape disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Shape union(Shape... parts) {
    Area area = new Area();
    for (Shape part : parts) {
      area.add(new Area(part));
    }
    return area;
  }

  private static Shape without(Shape whole, Shape hole) {
    Area area = new Area(whole);
    area.subtract(new Area(hole));
    return area;
  }
}
