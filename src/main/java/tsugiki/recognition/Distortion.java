package tsugiki.recognition;

import java.util.SplittableRandom;
import tsugiki.data.GaussianBlur;

/**
 * A random distortion of an image: crop, mirroring, mixture with another image, and what generators
 * and differentiable augmentation do to images: blur, blocks, waves, noise, colour, shift, holes.
 * Each comes with a probability of its own, so that a third of the images is cropped and mirrored
 * alone.
 */
final class Distortion {
  private static final int CHANNELS = 3;

  /** What differentiable augmentation fills with: 0 in [−1, 1]. */
  private static final float GREY = 127.5f;

  private final SplittableRandom random;
  private final int side;
  private float[] x;

  private Distortion(byte[] image, int side, SplittableRandom random) {
    this.random = random;
    this.side = side;
    x = floats(image);
  }

  /**
   * Distorts an image.
   *
   * @param image uint8 [side, side, 3]
   * @param other another one to mix with
   * @return uint8 [side, side, 3]
   */
  static byte[] of(byte[] image, byte[] other, int side, SplittableRandom random) {
    Distortion view = new Distortion(image, side, random);
    view.crop();
    view.rarely(0.1, () -> view.mix(floats(other)));
    // Some of everything, and many views without any of it.
    if (random.nextDouble() < 0.67) {
      view.rarely(0.4, view::blur);
      view.rarely(0.1, view::blocks);
      view.rarely(0.1, view::wave);
      view.rarely(0.2, view::noise);
      view.rarely(0.4, view::color);
      view.rarely(0.25, view::shift);
      view.rarely(0.2, view::hole);
    }
    return view.bytes();
  }

  private void rarely(double probability, Runnable change) {
    if (random.nextDouble() < probability) {
      change.run();
    }
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private int at(int y, int x, int channel) {
    return (y * side + x) * CHANNELS + channel;
  }

  /** A square part of the image at the whole one's size, mirrored half of the time. */
  private void crop() {
    double part = random.nextDouble() < 0.7 ? between(0.45, 1) : 1;
    double top = between(0, (1 - part) * side);
    double left = between(0, (1 - part) * side);
    boolean mirrored = random.nextBoolean();
    float[] cut = new float[x.length];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int from = mirrored ? side - 1 - column : column;
        double y = top + (row + 0.5) * part - 0.5;
        double z = left + (from + 0.5) * part - 0.5;
        for (int c = 0; c < CHANNELS; c++) {
          cut[at(row, column, c)] = bilinear(y, z, c);
        }
      }
    }
    x = cut;
  }

  private float bilinear(double row, double column, int channel) {
    double y = Math.min(Math.max(row, 0), side - 1);
    double z = Math.min(Math.max(column, 0), side - 1);
    int top = (int) y;
    int left = (int) z;
    int bottom = Math.min(top + 1, side - 1);
    int right = Math.min(left + 1, side - 1);
    double down = y - top;
    double over = z - left;
    double above = x[at(top, left, channel)] * (1 - over) + x[at(top, right, channel)] * over;
    double below = x[at(bottom, left, channel)] * (1 - over) + x[at(bottom, right, channel)] * over;
    return (float) (above * (1 - down) + below * down);
  }

  private void mix(float[] other) {
    float share = (float) between(0.3, 0.7);
    for (int i = 0; i < x.length; i++) {
      x[i] = share * x[i] + (1 - share) * other[i];
    }
  }

  private void blur() {
    x = new GaussianBlur(between(0.4, 2.5), 3).of(x, side, CHANNELS);
  }

  private static int clamp(int value, int most) {
    return Math.min(Math.max(value, 0), most);
  }

  /** Squares of 2 or 4 pixels of one colour. */
  private void blocks() {
    int block = random.nextBoolean() ? 2 : 4;
    float[] coarse = x.clone();
    for (int i = 0; i < x.length; i++) {
      int c = i % CHANNELS;
      int column = i / CHANNELS % side / block * block;
      int row = i / CHANNELS / side / block * block;
      coarse[i] = x[at(row, column, c)];
    }
    x = coarse;
  }

  /** The weave of a generator: one plane wave. */
  private void wave() {
    double down = between(-side / 2.0, side / 2.0);
    double over = between(-side / 2.0, side / 2.0);
    double height = between(4, 25);
    for (int i = 0; i < x.length; i++) {
      int column = i / CHANNELS % side;
      int row = i / CHANNELS / side;
      x[i] += (float) (height * Math.cos(2 * Math.PI * (down * row + over * column) / side));
    }
  }

  private void noise() {
    double deviation = between(3, 25);
    for (int i = 0; i < x.length; i++) {
      x[i] += (float) (deviation * random.nextGaussian());
    }
  }

  /** Brightness, saturation and contrast in half of DiffAugment's ranges. */
  private void color() {
    float brightness = (float) between(-32, 32);
    float saturation = (float) between(0.3, 1.7);
    float contrast = (float) between(0.6, 1.4);
    float level = 0;
    for (int i = 0; i < x.length; i += CHANNELS) {
      float grey = (x[i] + x[i + 1] + x[i + 2]) / CHANNELS;
      for (int c = 0; c < CHANNELS; c++) {
        x[i + c] = grey + saturation * (x[i + c] - grey) + brightness;
        level += x[i + c] / x.length;
      }
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = level + contrast * (x[i] - level);
    }
  }

  private void shift() {
    int reach = side / 8;
    int down = random.nextInt(2 * reach + 1) - reach;
    int over = random.nextInt(2 * reach + 1) - reach;
    float[] moved = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      int column = i / CHANNELS % side + over;
      int row = i / CHANNELS / side + down;
      boolean inside = row >= 0 && row < side && column >= 0 && column < side;
      moved[i] = inside ? x[at(row, column, i % CHANNELS)] : GREY;
    }
    x = moved;
  }

  /** A grey square of up to half the side, anywhere. */
  private void hole() {
    int size = Math.max(1, (int) between(side / 8.0, side / 2.0));
    int top = random.nextInt(side) - size / 2;
    int left = random.nextInt(side) - size / 2;
    for (int row = Math.max(0, top); row < Math.min(side, top + size); row++) {
      for (int column = Math.max(0, left); column < Math.min(side, left + size); column++) {
        for (int c = 0; c < CHANNELS; c++) {
          x[at(row, column, c)] = GREY;
        }
      }
    }
  }

  private static float[] floats(byte[] image) {
    float[] values = new float[image.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(image[i]);
    }
    return values;
  }

  private byte[] bytes() {
    byte[] image = new byte[x.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) clamp(Math.round(x[i]), 255);
    }
    return image;
  }
}
