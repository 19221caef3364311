package tsugiki.painting;

import static tsugiki.painting.Gouache.between;
import static tsugiki.painting.Gouache.fade;
import static tsugiki.painting.Gouache.mix;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** The painter of the middle of a blossom: corona, dome, and what stands on it. */
final class FlowerCentre {
  private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

  private final FlowerSpecies species;
  private final FlowerPalette palette;
  private final FlowerPose pose;
  private final SplittableRandom random;

  /** Makes a painter of the middle of one blossom. */
  FlowerCentre(
      FlowerSpecies species, FlowerPalette palette, FlowerPose pose, SplittableRandom random) {
    this.species = species;
    this.palette = palette;
    this.pose = pose;
    this.random = random;
  }

  /** Paints onto the canvas, above the petals. */
  void paint(BufferedImage canvas) {
    if (species.filaments() > 0) {
      lay(canvas, this::paintCorona, 5);
    }
    lay(canvas, this::paintDome, 7);
    switch (species.centre()) {
      case COLUMN -> lay(canvas, this::paintColumn, 8);
      case STAMENS -> lay(canvas, this::paintStamens, 6);
      case DISC -> lay(canvas, this::paintFlorets, 3);
    }
  }

  /** One painted layer. */
  private interface Layer {
    void paint(Graphics2D g);
  }

  /** Paints a layer of its own and lays it on the canvas with the shadow that it throws. */
  private void lay(BufferedImage canvas, Layer part, double height) {
    BufferedImage layer = Gouache.layer();
    Graphics2D brush = Gouache.brush(layer);
    part.paint(brush);
    brush.dispose();
    BufferedImage shadow = Gouache.shadow(layer, FlowerPalette.SHADE, 0.5, 4);
    Graphics2D g = canvas.createGraphics();
    g.drawImage(shadow, (int) pose.shadowX(height), (int) pose.shadowY(height), null);
    g.drawImage(layer, 0, 0, null);
    g.dispose();
  }

  private double radius(double share) {
    return share * pose.reach();
  }

  private void paintCorona(Graphics2D g) {
    double reach = radius(species.corona());
    AffineTransform plane = pose.plane(reach * 0.12);
    for (int row = 0; row < 2; row++) {
      double rowReach = reach * (row == 0 ? 1 : 0.62);
      for (int i = 0; i < species.filaments(); i++) {
        double angle = 2 * Math.PI * (i + 0.5 * row + between(random, -0.2, 0.2));
        double end = rowReach * between(random, 0.9, 1.04);
        Graphics2D pen = (Graphics2D) g.create();
        pen.transform(plane);
        pen.rotate(angle / species.filaments());
        pen.setPaint(bands(rowReach, between(random, -0.12, 0.12)));
        pen.setStroke(Gouache.round(between(random, 2.2, 3.4)));
        pen.draw(filament(end));
        pen.dispose();
      }
    }
  }

  private Path2D filament(double end) {
    double wave = between(random, -0.05, 0.05) * end;
    Path2D path = new Path2D.Double();
    path.moveTo(end * 0.12, 0);
    path.curveTo(end * 0.5, wave, end * 0.75, -wave, end, wave * 1.5);
    return path;
  }

  /** The rings of colour that all filaments together show. */
  private RadialGradientPaint bands(double reach, double tone) {
    Color towards = tone > 0 ? FlowerPalette.SUNLIGHT : FlowerPalette.SHADE;
    Color base = mix(palette.fringeBase(), towards, Math.abs(tone));
    Color band = mix(palette.fringeBand(), towards, Math.abs(tone));
    Color tip = mix(palette.fringeTip(), towards, Math.abs(tone) * 2);
    return new RadialGradientPaint(
        0,
        0,
        (float) reach,
        new float[] {0f, 0.4f, 0.5f, 0.64f, 0.76f, 1f},
        new Color[] {base, base, band, band, tip, mix(tip, FlowerPalette.SUNLIGHT, 0.15)});
  }

  private void paintDome(Graphics2D g) {
    double r = radius(species.heart());
    g.transform(pose.plane(r * 0.6));
    ball(g, 0, 0, r, palette.heart());
  }

  /** A ball of the given colour, lit from the pose's light; coordinates are the current ones. */
  private void ball(Graphics2D g, double x, double y, double r, Color colour) {
    Point2D towards = toLight(g.getTransform());
    g.setPaint(
        new RadialGradientPaint(
            (float) (x + 0.38 * r * towards.getX()),
            (float) (y + 0.38 * r * towards.getY()),
            (float) (1.45 * r),
            new float[] {0f, 0.45f, 1f},
            new Color[] {
              mix(colour, FlowerPalette.SUNLIGHT, 0.5),
              colour,
              mix(colour, FlowerPalette.SHADE, 0.65)
            }));
    g.fill(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
  }

  /** The unit vector to the light in the coordinates that the transform starts from. */
  private Point2D toLight(AffineTransform transform) {
    double turn = Math.atan2(transform.getShearY(), transform.getScaleX());
    return new Point2D.Double(Math.cos(pose.light() - turn), Math.sin(pose.light() - turn));
  }

  private void paintColumn(Graphics2D g) {
    double r = radius(0.25);
    AffineTransform plane = pose.plane(r * 0.75);
    for (int i = 0; i < 5; i++) {
      Graphics2D pen = (Graphics2D) g.create();
      pen.transform(plane);
      pen.rotate(2 * Math.PI * (i + 0.5 + between(random, -0.08, 0.08)) / 5);
      stalk(pen, r * 0.86, 6.5, mix(palette.heart(), palette.anther(), 0.2));
      pen.translate(r * 0.92, 0);
      pen.scale(0.55, 1.25);
      ball(pen, 0, 0, r * 0.24, palette.anther());
      pen.dispose();
    }
    AffineTransform top = pose.plane(r * 1.25);
    for (int i = 0; i < 3; i++) {
      Graphics2D pen = (Graphics2D) g.create();
      pen.transform(top);
      pen.rotate(2 * Math.PI * (i + between(random, -0.1, 0.1)) / 3);
      stalk(pen, r * 0.62, 5, palette.fringeBase());
      pen.translate(r * 0.66, 0);
      ball(pen, 0, 0, r * 0.15, mix(palette.fringeBase(), palette.fringeTip(), 0.25));
      pen.dispose();
    }
    g.transform(top);
    ball(g, 0, 0, r * 0.24, mix(palette.heart(), FlowerPalette.SUNLIGHT, 0.15));
  }

  private void stalk(Graphics2D g, double length, double width, Color colour) {
    Path2D path = new Path2D.Double();
    path.moveTo(0, 0);
    path.quadTo(length * 0.5, length * between(random, -0.12, 0.12), length, 0);
    g.setStroke(Gouache.round(width));
    g.setPaint(mix(colour, FlowerPalette.SHADE, 0.3));
    g.draw(path);
    g.setStroke(Gouache.round(width * 0.5));
    g.setPaint(mix(colour, FlowerPalette.SUNLIGHT, 0.25));
    g.draw(path);
  }

  private void paintStamens(Graphics2D g) {
    double r = radius(species.heart());
    AffineTransform plane = pose.plane(r * 0.5);
    int count = 70;
    for (int i = 0; i < count; i++) {
      Graphics2D pen = (Graphics2D) g.create();
      pen.transform(plane);
      pen.rotate(i * GOLDEN_ANGLE);
      double length = r * (1.95 - 0.85 * i / count) * between(random, 0.9, 1.08);
      pen.setPaint(fade(mix(palette.fringeBase(), palette.fringeBand(), 0.25), 0.9));
      pen.setStroke(Gouache.round(1.8));
      pen.draw(filament(length));
      pen.translate(length, 0);
      ball(pen, 0, 0, between(random, 4.2, 6), shaded(palette.anther()));
      pen.dispose();
    }
  }

  private void paintFlorets(Graphics2D g) {
    double r = radius(species.heart());
    g.transform(pose.plane(r * 0.6));
    int count = 150;
    for (int i = count; i > 0; i--) {
      double away = r * 1.04 * Math.sqrt((double) i / count);
      double angle = i * GOLDEN_ANGLE;
      Color colour = mix(palette.heart(), palette.anther(), Math.pow((double) i / count, 0.7));
      double size = r * between(random, 0.075, 0.105);
      ball(g, away * Math.cos(angle), away * Math.sin(angle), size, shaded(colour));
    }
  }

  private Color shaded(Color colour) {
    double tone = between(random, -0.22, 0.18);
    return mix(colour, tone > 0 ? FlowerPalette.SUNLIGHT : FlowerPalette.SHADE, Math.abs(tone));
  }
}
