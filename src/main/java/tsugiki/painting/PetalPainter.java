package tsugiki.painting;

import static tsugiki.painting.Gouache.between;
import static tsugiki.painting.Gouache.fade;
import static tsugiki.painting.Gouache.mix;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * The painter of a petal or a leaf, as a painter would work: a ground, then many long strokes from
 * base to tip, each in the colour that the light gives to its place on the curved blade, then
 * crease and veins.
 */
final class PetalPainter {
  private static final int STROKES = 72;
  private static final float[] STOPS = {0f, 0.12f, 0.28f, 0.48f, 0.7f, 0.88f, 1f};

  private final double light;
  private final FlowerPalette palette;
  private final Color lit;
  private final Color shaded;
  private final SplittableRandom random;

  /**
   * Makes a painter.
   *
   * @param light direction that the light comes from, on the canvas, in radians (y points down)
   * @param palette colours of the blade
   * @param random where the irregularity of the strokes comes from
   */
  PetalPainter(double light, FlowerPalette palette, SplittableRandom random) {
    this.light = light;
    this.palette = palette;
    // Mixed with white and with grey alone, light turns chalky and shade muddy.
    this.lit = mix(palette.tip(), FlowerPalette.SUNLIGHT, 0.5);
    this.shaded = mix(palette.throat(), FlowerPalette.SHADE, 0.36);
    this.random = random;
  }

  /** Paints one blade on a new layer; {@code place} carries its coordinates to the canvas. */
  BufferedImage paint(Petal petal, AffineTransform place) {
    BufferedImage layer = Gouache.layer();
    Graphics2D g = Gouache.brush(layer);
    g.transform(place);
    Lighting lighting = lighting(place);
    g.setPaint(palette.body());
    g.fill(petal.outline());
    // From here on nothing leaves the silhouette.
    g.setComposite(AlphaComposite.SrcAtop);
    paintBlade(g, petal, lighting);
    paintVeins(g, petal);
    paintCrease(g, petal, lighting);
    paintRim(g, petal);
    g.dispose();
    return layer;
  }

  /**
   * How the light meets one blade.
   *
   * @param across in [−1, 1], how much the side v = 1 looks to the light
   * @param along in [−1, 1], how much the tip points to the light
   * @param tone brightness of this blade against its neighbours
   */
  private record Lighting(double across, double along, double tone) {}

  private Lighting lighting(AffineTransform place) {
    Point2D axis = place.deltaTransform(new Point2D.Double(1, 0), null);
    double angle = Math.atan2(axis.getY(), axis.getX());
    double cup = between(random, 0.6, 1.1);
    return new Lighting(
        cup * Math.sin(angle - light), Math.cos(angle - light), between(random, -0.07, 0.07));
  }

  private void paintBlade(Graphics2D g, Petal petal, Lighting lighting) {
    g.setStroke(Gouache.round(3.4 * petal.halfWidth() / STROKES));
    for (int i = 0; i < STROKES; i++) {
      // Every 29th place in turn: neighbours are painted far apart in time and overlap unevenly.
      double v = -1 + 2.0 * (i * 29 % STROKES + random.nextDouble()) / STROKES;
      double jitter = between(random, -0.075, 0.075);
      Color[] colours = new Color[STOPS.length];
      for (int s = 0; s < STOPS.length; s++) {
        colours[s] = fade(colour(STOPS[s], v, lighting, jitter), 0.85);
      }
      float reach = (float) petal.reach(v);
      g.setPaint(new LinearGradientPaint(0, 0, reach, 0, STOPS, colours));
      g.draw(petal.strand(v, 1));
    }
  }

  /** The colour at (u, v): pigment first, then light or shade. */
  private Color colour(double u, double v, Lighting lighting, double jitter) {
    Color pigment =
        u < 0.45
            ? mix(palette.throat(), palette.body(), Math.pow(u / 0.45, 0.8))
            : mix(palette.body(), palette.tip(), (u - 0.45) / 0.55);
    double arch = 0.34 * lighting.along() * (0.3 + u * 0.7) - 0.16 * u * u * (1 - lighting.along());
    double cup = 0.34 * lighting.across() * v * (0.35 + 0.65 * u);
    double belly = 0.16 * Math.sin(Math.PI * Math.min(1, u * 1.15)) * (1 - v * v);
    double depth = -0.5 * Math.pow(Math.max(0, 1 - u / 0.5), 2);
    double value = arch + cup + belly + depth + lighting.tone() + jitter;
    return value >= 0
        ? mix(pigment, lit, Math.min(0.8, 1.25 * value))
        : mix(pigment, shaded, Math.min(0.85, -1.2 * value));
  }

  private void paintVeins(Graphics2D g, Petal petal) {
    int veins = 9;
    for (int i = 0; i < veins; i++) {
      double v = -0.84 + 1.68 * (i + between(random, -0.2, 0.2)) / (veins - 1);
      double end = between(random, 0.72, 0.94) - 0.12 * Math.abs(v);
      Color strong = fade(palette.vein(), 0.34);
      Color gone = fade(palette.vein(), 0);
      g.setStroke(Gouache.round(between(random, 1.1, 2.0)));
      g.setPaint(
          new LinearGradientPaint(
              0,
              0,
              (float) (petal.reach(v) * end),
              0,
              new float[] {0.05f, 0.5f, 1f},
              new Color[] {strong, fade(palette.vein(), 0.2), gone}));
      g.draw(petal.strand(v, end));
    }
  }

  /** The fold along the middle: a dark line with light beside it, on the side of the light. */
  private void paintCrease(Graphics2D g, Petal petal, Lighting lighting) {
    double side = lighting.across() >= 0 ? -0.06 : 0.06;
    crease(g, petal, side, FlowerPalette.SUNLIGHT, 0.26, 4.5);
    crease(g, petal, 0, mix(palette.vein(), FlowerPalette.SHADE, 0.3), 0.42, 2.4);
  }

  private static void crease(
      Graphics2D g, Petal petal, double v, Color colour, double opacity, double width) {
    float end = (float) (petal.length() * 0.86);
    g.setStroke(Gouache.round(width));
    g.setPaint(
        new LinearGradientPaint(
            0,
            0,
            end,
            0,
            new float[] {0f, 0.4f, 1f},
            new Color[] {fade(colour, opacity), fade(colour, opacity * 0.8), fade(colour, 0)}));
    g.draw(petal.strand(v, 0.86));
  }

  /** Thin edges let light through. */
  private void paintRim(Graphics2D g, Petal petal) {
    g.setPaint(fade(mix(palette.tip(), FlowerPalette.SUNLIGHT, 0.5), 0.34));
    g.setStroke(Gouache.round(3));
    g.draw(petal.outline());
  }
}
