package tsugiki.painting;

import static tsugiki.painting.Gouache.between;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * The painter of the example flowers: a single garden blossom, roughly from the front, before an
 * unsharp garden. One motif varies without end, so that a generator can be grafted to images that
 * anybody may share.
 *
 * <p>The 25 pictures in {@code src/examples/painted-flowers} are the seeds 0 to 24, written by
 * {@link PaintFlowers}. A picture is painted on layers of four times its size: garden, stem and
 * leaves, then petal after petal with the shadow that each throws on those below, then the middle.
 */
public final class FlowerPainter {
  /** Width and height of a painted picture in pixels. */
  public static final int SIDE = Gouache.FINISHED;

  private FlowerPainter() {}

  /**
   * Paints the picture of a seed. The same seed gives the same picture; between versions of the
   * Java runtime, single levels at edges may differ.
   *
   * @param seed any number; successive ones walk through forms, palettes and gardens
   * @return an image of {@link #SIDE} pixels square, {@code TYPE_INT_RGB}
   */
  public static BufferedImage paint(long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    // One stream for each part: a stroke more in one part leaves the others as they were.
    FlowerPose pose = FlowerPose.of(root.split());
    FlowerSpecies species = FlowerSpecies.of(seed, root.split());
    FlowerPalette palette = palette(seed, root.split());
    BufferedImage canvas = new FlowerBackground(seed, pose, palette, root.split()).paint();
    BufferedImage petals = new FlowerPetals(species, palette, pose, root.split()).paint();
    lay(canvas, petals, pose);
    new FlowerCentre(species, palette, pose, root.split()).paint(canvas);
    return Gouache.print(canvas, root.split());
  }

  /** Palettes take turns; each blossom's petals then differ a little in hue and strength. */
  private static FlowerPalette palette(long seed, SplittableRandom random) {
    int count = FlowerPalette.ALL.size();
    FlowerPalette palette = FlowerPalette.ALL.get((int) Math.floorMod(seed, (long) count));
    return palette.turned(between(random, -0.022, 0.022), between(random, 0.92, 1.18));
  }

  /** Lays the whole blossom on the canvas with its shadow on the leaves. */
  private static void lay(BufferedImage canvas, BufferedImage flower, FlowerPose pose) {
    Graphics2D g = canvas.createGraphics();
    BufferedImage shadow = Gouache.shadow(flower, FlowerPalette.SHADE, 0.5, 12);
    g.drawImage(shadow, (int) pose.shadowX(20), (int) pose.shadowY(20), null);
    g.drawImage(flower, 0, 0, null);
    g.dispose();
  }
}
