package tsugiki.single;

import java.awt.Color;
import java.util.SplittableRandom;
import tsugiki.data.FloatImage;

/**
 * Random changes of the first stage's image, which the generator learns to undo: of its colours and
 * by patches of one colour for harmonization, of the places of its parts for editing.
 */
final class ImageChanges {
  private static final double CHANGED_COLOURS = 0.25;
  private static final double COVERED = 0.9;

  /** How likely a family or a kind is beside its kin. */
  private static final double HALF = 0.5;

  private static final double FACTORS = 0.2;
  private static final double HUE = 0.1;

  /** Of sepia's red, green and blue, what of the image's they are made of. */
  private static final double[][] SEPIA = {
    {0.393, 0.769, 0.189}, {0.349, 0.686, 0.168}, {0.272, 0.534, 0.131}
  };

  private final FloatImage image;
  private final SplittableRandom random;
  private final float[] rgb;

  private ImageChanges(FloatImage image, SplittableRandom random) {
    this.image = image;
    this.random = random;
    rgb = image.rgb().clone();
  }

  /**
   * Colours changed in a quarter of all cases, and in nine of ten one or two rectangles of a random
   * colour (the authors' augmentation, its rectangles in proportion to the image).
   *
   * <p>The authors' code gives albumentations floats from 0 to 255, which that library takes for
   * floats from 0 to 1: noise of each channel, noise by factors, sepia and hue cut the image at 1
   * of 255 there, so that it is nearly black. Here they do what they do to bytes.
   */
  static FloatImage recoloured(FloatImage image, SplittableRandom random) {
    ImageChanges changes = new ImageChanges(image, random);
    if (random.nextDouble() < CHANGED_COLOURS) {
      changes.colours();
    }
    if (random.nextDouble() < COVERED) {
      changes.cover();
    }
    return changes.result();
  }

  /**
   * One to five rectangles moved; the more they are, the smaller. They begin anywhere, as in the
   * authors' code, and the image's border cuts them, down to nothing.
   */
  static FloatImage rearranged(FloatImage image, SplittableRandom random) {
    ImageChanges changes = new ImageChanges(image, random);
    int tiles = 1 + random.nextInt(5);
    for (int i = 0; i < tiles; i++) {
      changes.move(tiles);
    }
    return changes.result();
  }

  private FloatImage result() {
    return new FloatImage(image.name(), image.height(), image.width(), rgb);
  }

  /**
   * One of four families, and of it one of its kinds. The shares are those of the authors' code,
   * where albumentations' {@code OneOf} gives each member a share in proportion to its own
   * probability: 0.5, but 0.2 for noise by factors and 0.1 for hue (functions.py of ConSinGAN with
   * core/composition.py of albumentations 0.4).
   */
  private void colours() {
    double family = random.nextDouble(3 * HALF + HUE);
    boolean first = random.nextBoolean();
    if (family < HALF) {
      noise(random.nextDouble(2 * HALF + FACTORS));
    } else if (family < 2 * HALF) {
      if (first) {
        each((value, channel) -> 255 - value);
      } else {
        sepia();
      }
    } else if (family < 3 * HALF) {
      if (first) {
        int dropped = random.nextInt(3);
        each((value, channel) -> channel == dropped ? 0 : value);
      } else {
        permute();
      }
    } else {
      turnHue();
    }
  }

  /**
   * Noise of one of three kinds.
   *
   * @param kind below 0.2 factors, then grey noise, from 0.7 on noise of each channel
   */
  private void noise(double kind) {
    if (kind < FACTORS) {
      each((value, channel) -> value * random.nextDouble(0.5, 1.5));
    } else if (kind < FACTORS + HALF) {
      double deviation = random.nextDouble(0.01 * 255, 0.05 * 255);
      double[] grey = new double[1];
      each(
          (value, channel) -> {
            if (channel == 0) {
              grey[0] = deviation * random.nextGaussian();
            }
            return value + grey[0];
          });
    } else {
      double deviation = Math.sqrt(random.nextDouble(10, 50));
      each((value, channel) -> value + deviation * random.nextGaussian());
    }
  }

  /** A sample of the image as it was, as a whole number. */
  private int whole(int index) {
    return Math.round(image.rgb()[index]);
  }

  private interface Change {
    double of(float value, int channel);
  }

  private void each(Change change) {
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = cut(change.of(rgb[i], i % 3));
    }
  }

  private static float cut(double value) {
    return (float) Math.max(0, Math.min(255, value));
  }

  private void sepia() {
    for (int i = 0; i < rgb.length; i += 3) {
      float[] old = image.rgb();
      for (int c = 0; c < 3; c++) {
        rgb[i + c] =
            cut(SEPIA[c][0] * old[i] + SEPIA[c][1] * old[i + 1] + SEPIA[c][2] * old[i + 2]);
      }
    }
  }

  /** One of the six orders of the channels, which may be their own. */
  private void permute() {
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    int[] order = orders[random.nextInt(orders.length)];
    for (int i = 0; i < rgb.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        rgb[i + c] = image.rgb()[i + order[c]];
      }
    }
  }

  /**
   * Hue by up to 40°, saturation by up to 30 and brightness by up to 20 of 255, of whole numbers as
   * colour conversions have them.
   */
  private void turnHue() {
    float hue = (float) random.nextDouble(-40 / 360.0, 40 / 360.0);
    float saturation = (float) random.nextDouble(-30 / 255.0, 30 / 255.0);
    float brightness = (float) random.nextDouble(-20 / 255.0, 20 / 255.0);
    float[] hsb = new float[3];
    for (int i = 0; i < rgb.length; i += 3) {
      Color.RGBtoHSB(whole(i), whole(i + 1), whole(i + 2), hsb);
      int colour =
          Color.HSBtoRGB(hsb[0] + hue, unit(hsb[1] + saturation), unit(hsb[2] + brightness));
      for (int c = 0; c < 3; c++) {
        rgb[i + c] = colour >> (16 - 8 * c) & 0xff;
      }
    }
  }

  private static float unit(float value) {
    return Math.max(0, Math.min(1, value));
  }

  private void cover() {
    int holes = 1 + random.nextInt(2);
    int side = Math.min(image.height(), image.width());
    float[] colour = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
    for (int hole = 0; hole < holes; hole++) {
      int height = between(side / (4 * holes), side / (2 * holes));
      int width = between(side / (4 * holes), side / (2 * holes));
      int top = random.nextInt(image.height()) - height / 2;
      int left = random.nextInt(image.width()) - width / 2;
      for (int y = Math.max(0, top); y < Math.min(image.height(), top + height); y++) {
        for (int x = Math.max(0, left); x < Math.min(image.width(), left + width); x++) {
          System.arraycopy(colour, 0, rgb, (y * image.width() + x) * 3, 3);
        }
      }
    }
  }

  private int between(int least, int most) {
    return least + random.nextInt(Math.max(1, most - least + 1));
  }

  private void move(int tiles) {
    double[] shares =
        switch (tiles) {
          case 1 -> new double[] {0.2, 0.5, 0.15};
          case 2 -> new double[] {0.15, 0.3, 0.1};
          case 3 -> new double[] {0.1, 0.2, 0.1};
          default -> new double[] {0.1, 0.15, 0.1};
        };
    int top = random.nextInt(image.height() + 1);
    int left = random.nextInt(image.width() + 1);
    int height = Math.min(part(image.height(), shares[0], shares[1]), image.height() - top);
    int width = Math.min(part(image.width(), shares[0], shares[1]), image.width() - left);
    int sign = random.nextBoolean() ? 1 : -1;
    int newTop =
        within(top + sign * part(image.height(), 0.05, shares[2]), image.height() - height);
    int newLeft = within(left + sign * part(image.width(), 0.05, shares[2]), image.width() - width);
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          image.rgb(),
          ((top + y) * image.width() + left) * 3,
          rgb,
          ((newTop + y) * image.width() + newLeft) * 3,
          width * 3);
    }
  }

  private int part(int side, double least, double most) {
    return between((int) (least * side), (int) (most * side));
  }

  private static int within(int place, int last) {
    return Math.max(0, Math.min(last, place));
  }
}
