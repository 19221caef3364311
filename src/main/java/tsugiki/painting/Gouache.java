package tsugiki.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;

/**
 * The painter's materials: transparent layers, mixed colours, blur, shadow, and the final print.
 */
final class Gouache {
  /** Side of the finished picture in pixels. */
  static final int FINISHED = 128;

  /** How many painted pixels become one finished pixel, along each axis. */
  private static final int SUPERSAMPLING = 4;

  /** Side of every layer in painted pixels; all lengths in the painter's classes are in these. */
  static final int SIDE = FINISHED * SUPERSAMPLING;

  /** Three box blurs come close to a Gaussian. */
  private static final int BLUR_PASSES = 3;

  /** Largest deviation of the grain, in levels of 255; its distribution is triangular. */
  private static final double GRAIN = 1.6;

  private Gouache() {}

  /** Returns an empty transparent layer, {@link #SIDE} pixels square, premultiplied ARGB. */
  static BufferedImage layer() {
    return new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB_PRE);
  }

  /** Returns an antialiasing brush on a layer; the caller disposes of it. */
  static Graphics2D brush(BufferedImage layer) {
    Graphics2D g = layer.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_COLOR_RENDERING, RenderingHints.VALUE_COLOR_RENDER_QUALITY);
    return g;
  }

  /** Returns a round stroke of the given width. */
  static BasicStroke round(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  /** Returns the opaque colour that lies at {@code share} (cut to [0, 1]) from a to b, in sRGB. */
  static Color mix(Color a, Color b, double share) {
    double t = Math.max(0, Math.min(1, share));
    return new Color(
        (int) Math.round(a.getRed() + t * (b.getRed() - a.getRed())),
        (int) Math.round(a.getGreen() + t * (b.getGreen() - a.getGreen())),
        (int) Math.round(a.getBlue() + t * (b.getBlue() - a.getBlue())));
  }

  /** Returns the colour with the given opacity (cut to [0, 1]). */
  static Color fade(Color c, double opacity) {
    int alpha = (int) Math.round(255 * Math.max(0, Math.min(1, opacity)));
    return new Color(c.getRed(), c.getGreen(), c.getBlue(), alpha);
  }

  /** Returns a number drawn evenly from [low, high). */
  static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Returns the layer's silhouette filled with one colour and blurred: a soft shadow of it. */
  static BufferedImage shadow(BufferedImage layer, Color colour, double opacity, int radius) {
    BufferedImage shadow = layer();
    int[] from = pixels(layer);
    int[] to = pixels(shadow);
    for (int i = 0; i < from.length; i++) {
      double alpha = opacity * (from[i] >>> 24);
      to[i] =
          (int) alpha << 24
              | (int) (alpha * colour.getRed() / 255) << 16
              | (int) (alpha * colour.getGreen() / 255) << 8
              | (int) (alpha * colour.getBlue() / 255);
    }
    blur(shadow, radius);
    return shadow;
  }

  /** Blurs a layer in place; the standard deviation is about the radius. */
  static void blur(BufferedImage layer, int radius) {
    int[] pixels = pixels(layer);
    for (int pass = 0; pass < BLUR_PASSES; pass++) {
      for (int line = 0; line < SIDE; line++) {
        blurLine(pixels, line * SIDE, 1, radius);
      }
      for (int line = 0; line < SIDE; line++) {
        blurLine(pixels, line, SIDE, radius);
      }
    }
  }

  /** Box-blurs one row or column with a sliding sum; beyond the border the edge pixel repeats. */
  private static void blurLine(int[] pixels, int start, int step, int radius) {
    int[] line = new int[SIDE];
    for (int i = 0; i < SIDE; i++) {
      line[i] = pixels[start + i * step];
    }
    int width = 2 * radius + 1;
    for (int shift = 0; shift < 32; shift += 8) {
      int sum = 0;
      for (int i = -radius; i <= radius; i++) {
        sum += line[clamp(i)] >>> shift & 0xff;
      }
      for (int i = 0; i < SIDE; i++) {
        int at = start + i * step;
        pixels[at] = pixels[at] & ~(0xff << shift) | (sum + radius) / width << shift;
        sum += line[clamp(i + radius + 1)] >>> shift & 0xff;
        sum -= line[clamp(i - radius)] >>> shift & 0xff;
      }
    }
  }

  private static int clamp(int i) {
    return Math.max(0, Math.min(SIDE - 1, i));
  }

  /**
   * Averages an opaque layer down to the finished size and adds a slight grey grain.
   *
   * @return an image of {@link #FINISHED} pixels square, {@code TYPE_INT_RGB}
   */
  static BufferedImage print(BufferedImage layer, SplittableRandom random) {
    int[] pixels = pixels(layer);
    BufferedImage finished = new BufferedImage(FINISHED, FINISHED, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < FINISHED; y++) {
      for (int x = 0; x < FINISHED; x++) {
        double grain = GRAIN * (random.nextDouble() + random.nextDouble() - 1);
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          long level = Math.round(mean(pixels, x, y, shift) + grain);
          rgb |= (int) Math.max(0, Math.min(255, level)) << shift;
        }
        finished.setRGB(x, y, rgb);
      }
    }
    return finished;
  }

  private static double mean(int[] pixels, int x, int y, int shift) {
    int sum = 0;
    for (int dy = 0; dy < SUPERSAMPLING; dy++) {
      int row = (y * SUPERSAMPLING + dy) * SIDE + x * SUPERSAMPLING;
      for (int dx = 0; dx < SUPERSAMPLING; dx++) {
        sum += pixels[row + dx] >>> shift & 0xff;
      }
    }
    return (double) sum / (SUPERSAMPLING * SUPERSAMPLING);
  }

  private static int[] pixels(BufferedImage layer) {
    return ((DataBufferInt) layer.getRaster().getDataBuffer()).getData();
  }
}
