package tsugiki.painting;

import static tsugiki.painting.Gouache.between;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** The painter of a blossom's two rings of petals. */
final class FlowerPetals {
  /** The lower ring lies this far below the upper one, in painted pixels. */
  private static final double LOWER = -6;

  /** How far the shadow of a petal falls on those below it, in painted pixels. */
  private static final double SHADOW = 7;

  private final FlowerSpecies species;
  private final FlowerPalette palette;
  private final FlowerPose pose;
  private final SplittableRandom random;

  /** Makes a painter of the petals of one blossom. */
  FlowerPetals(
      FlowerSpecies species, FlowerPalette palette, FlowerPose pose, SplittableRandom random) {
    this.species = species;
    this.palette = palette;
    this.pose = pose;
    this.random = random;
  }

  /** Paints both rings on a new layer. */
  BufferedImage paint() {
    BufferedImage flower = Gouache.layer();
    FlowerPalette deeper = palette.tinted(palette.throat(), between(random, 0.1, 0.24));
    Ring lower =
        new Ring(
            species.back(),
            pose.reach() * species.backReach(),
            Math.PI / species.back(),
            pose.plane(LOWER),
            deeper);
    paint(flower, lower);
    paint(flower, new Ring(species.front(), pose.reach(), 0, pose.plane(0), palette));
    return flower;
  }

  /**
   * One ring of petals.
   *
   * @param count number of petals
   * @param reach their length in painted pixels
   * @param turn direction of the first one in the plane, in radians
   * @param plane carries the ring's coordinates to the canvas
   * @param palette its colours
   */
  private record Ring(
      int count, double reach, double turn, AffineTransform plane, FlowerPalette palette) {}

  private void paint(BufferedImage flower, Ring ring) {
    PetalPainter painter = new PetalPainter(pose.light(), ring.palette(), random);
    int count = ring.count();
    // Neighbours overlap by chance: painted in their order, they would look like a pinwheel.
    int first = random.nextInt(count);
    int stride = count % 2 == 0 ? count - 1 : 2;
    for (int step = 0; step < count; step++) {
      int i = (first + step * stride) % count;
      AffineTransform place = new AffineTransform(ring.plane());
      place.rotate(ring.turn() + 2 * Math.PI * (i + between(random, -0.09, 0.09)) / count);
      lay(flower, painter.paint(petal(ring.reach()), place));
    }
  }

  private void lay(BufferedImage flower, BufferedImage petal) {
    BufferedImage shadow = Gouache.shadow(petal, FlowerPalette.SHADE, 0.55, 6);
    Graphics2D g = flower.createGraphics();
    g.setComposite(AlphaComposite.SrcAtop);
    g.drawImage(shadow, (int) pose.shadowX(SHADOW), (int) pose.shadowY(SHADOW), null);
    g.setComposite(AlphaComposite.SrcOver);
    g.drawImage(petal, 0, 0, null);
    g.dispose();
  }

  private Petal petal(double reach) {
    double length = reach * between(random, 0.93, 1.05);
    return new Petal(
        length,
        length * species.slimness() * between(random, 0.92, 1.08),
        0.3,
        species.shoulder(),
        species.roundness(),
        species.notch() * between(random, 0.5, 1.5),
        species.ruffle(),
        between(random, 0, 2 * Math.PI),
        between(random, -0.07, 0.07));
  }
}
