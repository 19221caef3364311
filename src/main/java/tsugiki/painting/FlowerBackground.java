package tsugiki.painting;

import static tsugiki.painting.Gouache.between;
import static tsugiki.painting.Gouache.fade;
import static tsugiki.painting.Gouache.mix;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.QuadCurve2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;

/** The painter of what is behind the blossom: an unsharp garden, leaves, and the stem. */
final class FlowerBackground {
  /**
   * The garden's colours, from the top of the canvas to its bottom.
   *
   * @param top far away: sky or trees
   * @param middle hedge or meadow
   * @param bottom shade or earth
   * @param glow light between the leaves
   * @param leaf leaves near the blossom
   */
  private record Garden(Color top, Color middle, Color bottom, Color glow, Color leaf) {
    static Garden of(int top, int middle, int bottom, int glow, int leaf) {
      return new Garden(
          new Color(top), new Color(middle), new Color(bottom), new Color(glow), new Color(leaf));
    }
  }

  /** Deep green, spring meadow, sky over a hedge, earth, dusk. */
  private static final List<Garden> GARDENS =
      List.of(
          Garden.of(0x2a5a30, 0x153a20, 0x0a1c14, 0xb4d85c, 0x3a8430),
          Garden.of(0xd4e48a, 0x86b446, 0x33682a, 0xfff6b0, 0x3f8a2a),
          Garden.of(0x9cc8ec, 0x8ab49a, 0x2e5c38, 0xfffae4, 0x357a38),
          Garden.of(0xa08a48, 0x6a5028, 0x2e2014, 0xf4cc74, 0x5a8a2c),
          Garden.of(0x4a6490, 0x2a5264, 0x10282e, 0xc4d8ec, 0x2c7450));

  private final Garden garden;
  private final FlowerPose pose;
  private final FlowerPalette blossom;
  private final SplittableRandom random;

  /**
   * Makes a painter of backgrounds; five gardens take turns with the seed.
   *
   * @param seed any number
   * @param pose where the blossom will stand
   * @param blossom its colours, which return in other blossoms far behind
   * @param random where all the rest comes from
   */
  FlowerBackground(long seed, FlowerPose pose, FlowerPalette blossom, SplittableRandom random) {
    this.garden = GARDENS.get((int) Math.floorMod(seed, (long) GARDENS.size()));
    this.pose = pose;
    this.blossom = blossom;
    this.random = random;
  }

  /** Paints the background on a new, opaque layer. */
  BufferedImage paint() {
    BufferedImage canvas = Gouache.layer();
    Graphics2D g = Gouache.brush(canvas);
    paintGround(g);
    paintMasses(g);
    paintSunbeam(g);
    Gouache.blur(canvas, 11);
    paintBrushwork(g);
    paintBokeh(g);
    Gouache.blur(canvas, 3);
    paintLeaves(g, 5, 0.9, 6);
    paintStem(g);
    paintLeaves(g, random.nextInt(3, 6), 0.75, 2);
    g.dispose();
    return canvas;
  }

  private void paintGround(Graphics2D g) {
    int side = Gouache.SIDE;
    g.setPaint(new GradientPaint(0, 0, garden.top(), 0, side * 0.55f, garden.middle()));
    g.fillRect(0, 0, side, side);
    g.setPaint(
        new GradientPaint(0, side * 0.5f, fade(garden.middle(), 0), 0, side, garden.bottom()));
    g.fillRect(0, 0, side, side);
  }

  /** Dark and light masses of foliage and a few far blossoms, all to be blurred. */
  private void paintMasses(Graphics2D g) {
    for (int i = 0; i < 46; i++) {
      double y = between(random, -40, Gouache.SIDE + 40);
      Color near = y < Gouache.SIDE * 0.5 ? garden.top() : garden.bottom();
      Color colour = mix(mix(near, garden.leaf(), random.nextDouble()), garden.glow(), dapple());
      double radius = between(random, 30, 95);
      disc(g, between(random, -40, Gouache.SIDE + 40), y, radius, fade(colour, 0.6), 0.2f);
    }
    int far = random.nextInt(0, 4);
    for (int i = 0; i < far; i++) {
      double angle = between(random, 0, 2 * Math.PI);
      double away = Gouache.SIDE * between(random, 0.42, 0.6);
      double x = pose.x() + away * Math.cos(angle);
      double y = pose.y() + away * Math.sin(angle);
      disc(g, x, y, between(random, 30, 55), fade(blossom.body(), 0.75), 0.5f);
    }
  }

  /** Haze on the side that the light comes from. */
  private void paintSunbeam(Graphics2D g) {
    double away = Gouache.SIDE * 0.62;
    double x = pose.x() + away * Math.cos(pose.light());
    double y = pose.y() + away * Math.sin(pose.light());
    disc(g, x, y, Gouache.SIDE * 0.6, fade(garden.glow(), between(random, 0.3, 0.6)), 0.05f);
  }

  /** Mostly shade, now and then light. */
  private double dapple() {
    return 0.85 * Math.pow(random.nextDouble(), 3);
  }

  /** Broad transparent strokes, falling like grass and twigs, that leave the brush to be seen. */
  private void paintBrushwork(Graphics2D g) {
    double slope = between(random, -0.8, 0.8);
    for (int i = 0; i < 60; i++) {
      double x = between(random, -20, Gouache.SIDE + 20);
      double y = between(random, -20, Gouache.SIDE + 20);
      double length = between(random, 50, 130);
      double turn = slope + between(random, -0.5, 0.5);
      double endX = x + length * Math.sin(turn);
      double endY = y + length * Math.cos(turn);
      double sway = between(random, -20, 20);
      Color colour =
          mix(mix(garden.middle(), garden.leaf(), random.nextDouble()), garden.glow(), dapple());
      g.setPaint(fade(colour, between(random, 0.06, 0.2)));
      g.setStroke(Gouache.round(between(random, 5, 16)));
      g.draw(new QuadCurve2D.Double(x, y, (x + endX) / 2 + sway, (y + endY) / 2, endX, endY));
    }
  }

  private void paintBokeh(Graphics2D g) {
    int spots = random.nextInt(8, 20);
    for (int i = 0; i < spots; i++) {
      Color colour = fade(garden.glow(), between(random, 0.12, 0.42));
      double radius = between(random, 10, 34);
      double y = Gouache.SIDE * Math.pow(random.nextDouble(), 1.3);
      disc(g, between(random, 0, Gouache.SIDE), y, radius, colour, 0.78f);
    }
  }

  /** A disc that is even up to the share {@code even} of its radius and then fades out. */
  private static void disc(
      Graphics2D g, double x, double y, double radius, Color colour, float even) {
    g.setPaint(
        new RadialGradientPaint(
            (float) x,
            (float) y,
            (float) radius,
            new float[] {0f, even, 1f},
            new Color[] {colour, colour, fade(colour, 0)}));
    g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  private void paintLeaves(Graphics2D g, int count, double reach, int blur) {
    double first = between(random, 0, 2 * Math.PI);
    for (int i = 0; i < count; i++) {
      double angle = first + 2 * Math.PI * (i + between(random, -0.3, 0.3)) / count;
      AffineTransform place = AffineTransform.getTranslateInstance(pose.x(), pose.y());
      place.rotate(angle);
      place.translate(pose.reach() * between(random, 0.3, 0.6), 0);
      place.rotate(between(random, -0.5, 0.5));
      double length = pose.reach() * reach * between(random, 0.85, 1.25);
      Petal leaf =
          new Petal(
              length,
              length * between(random, 0.17, 0.27),
              0.15,
              between(random, 0.7, 0.85),
              between(random, 1.0, 1.2),
              0,
              0.004,
              between(random, 0, 6),
              between(random, -0.25, 0.25));
      Color green = mix(garden.leaf(), garden.bottom(), between(random, 0, 0.45));
      BufferedImage layer =
          new PetalPainter(pose.light(), FlowerPalette.leaf(green), random).paint(leaf, place);
      Gouache.blur(layer, blur);
      g.drawImage(layer, 0, 0, null);
    }
  }

  private void paintStem(Graphics2D g) {
    double foot = pose.x() + between(random, -90, 90);
    double sway = pose.x() + between(random, -50, 50);
    QuadCurve2D stem =
        new QuadCurve2D.Double(pose.x(), pose.y(), sway, pose.y() + 170, foot, Gouache.SIDE + 20);
    BufferedImage layer = Gouache.layer();
    Graphics2D pen = Gouache.brush(layer);
    FlowerPalette green = FlowerPalette.leaf(garden.leaf());
    Color[] tones = {green.throat(), green.body(), green.tip()};
    double[] widths = {15, 10, 3.5};
    for (int i = 0; i < tones.length; i++) {
      pen.setPaint(tones[i]);
      pen.setStroke(Gouache.round(widths[i]));
      pen.draw(stem);
      pen.translate(1.5 * Math.cos(pose.light()), 0);
    }
    pen.dispose();
    Gouache.blur(layer, 2);
    g.drawImage(layer, 0, 0, null);
  }
}
