package tsugiki.painting;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tsugiki.base.StatelessRandom;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbConversion;
import tsugiki.data.RgbImage;

/**
 * The painter of small pictures of {@link PaintedShape ten things}, one per picture, in endless
 * variation: images whose classes are known, to evaluate clustering and classifiers by. A picture
 * has a dark thing of any hue on a light ground of any hue; place, size and tilt vary.
 */
public final class ShapePainter {
  private static final double MOST_TILT = Math.toRadians(12);

  /** Painted at this many times the size, then averaged. */
  private static final int FINER = 4;

  private ShapePainter() {}

  /**
   * Paints pictures of all classes in turn.
   *
   * @param each pictures per class
   * @param size side in pixels, at least {@link ImageSet#MIN_SIDE}
   * @param seed the same seed paints the same pictures
   * @return the pictures class by class, with their classes, named {@code arrow/0000.png} and on
   */
  public static ImageSet paint(int each, int size, long seed) {
    List<RgbImage> images = new ArrayList<>();
    for (PaintedShape shape : PaintedShape.values()) {
      for (int i = 0; i < each; i++) {
        byte[] rgb = rgb(shape, size, StatelessRandom.of(seed, i, shape.name()));
        images.add(new RgbImage("%s/%04d.png".formatted(shape, i), size, size, rgb));
      }
    }
    int[] labels = IntStream.range(0, images.size()).map(i -> i / each).toArray();
    return ImageSet.of(images, "shapes").withLabels(labels, PaintedShape.names());
  }

  /** The samples of one picture [size, size, 3]. */
  static byte[] rgb(PaintedShape shape, int size, SplittableRandom random) {
    byte[] rgb = new byte[size * size * RgbImage.CHANNELS];
    RgbConversion.toRgb(picture(shape, size, random), rgb);
    return rgb;
  }

  /** Paints one picture, {@code TYPE_3BYTE_BGR}. */
  static BufferedImage picture(PaintedShape shape, int size, SplittableRandom random) {
    int side = size * FINER;
    BufferedImage large = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = large.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(colour(random, 0.15f, 0.85f));
    g.fillRect(0, 0, side, side);
    g.setColor(colour(random, 0.6f, 0.25f));
    double reach = side * between(random, 0.32, 0.44);
    AffineTransform place =
        AffineTransform.getTranslateInstance(
            side / 2.0 + side * between(random, -0.08, 0.08),
            side / 2.0 + side * between(random, -0.08, 0.08));
    place.rotate(between(random, -MOST_TILT, MOST_TILT));
    place.scale(reach, reach * between(random, 0.9, 1.1));
    g.fill(place.createTransformedShape(shape.outline()));
    g.dispose();
    return smaller(large, size);
  }

  private static BufferedImage smaller(BufferedImage large, int size) {
    BufferedImage small = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        small.setRGB(x, y, mean(large, x * FINER, y * FINER));
      }
    }
    return small;
  }

  private static int mean(BufferedImage image, int left, int top) {
    int[] sums = new int[3];
    for (int i = 0; i < FINER * FINER; i++) {
      int rgb = image.getRGB(left + i % FINER, top + i / FINER);
      sums[0] += rgb >> 16 & 255;
      sums[1] += rgb >> 8 & 255;
      sums[2] += rgb & 255;
    }
    int count = FINER * FINER;
    return sums[0] / count << 16 | sums[1] / count << 8 | sums[2] / count;
  }

  /** Any hue, with a saturation and a brightness near those given. */
  private static Color colour(SplittableRandom random, float saturation, float brightness) {
    float hue = (float) random.nextDouble();
    float deeper = saturation + (float) between(random, -0.1, 0.1);
    return Color.getHSBColor(hue, deeper, brightness + (float) between(random, -0.1, 0.1));
  }

  private static double between(SplittableRandom random, double least, double most) {
    return least + (most - least) * random.nextDouble();
  }
}
