package tsugiki.score;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;

/**
 * How many times stronger generated images are than real ones at a frequency, which shows a faint
 * regular pattern that all of them share. The power at a frequency is the mean over the images of
 * |Σ w(y) w(x) I(y, x) exp(−2πi (dy + rx) / side)|², with I the luma in [−1, 1] and w a Hann window
 * over the whole side. Compared are all whole frequencies (d, r), in cycles per image downwards and
 * to the right, within the radius of half a side. Durall et al. 2020 ("Watch your Up-Convolution")
 * compare sums of the power over all directions, where a single frequency is lost.
 */
final class SpectrumRatio {
  /** A frequency that is more times stronger counts. */
  static final double LIMIT = 3;

  /** Keeps the ratio finite where images have no power; below that of rounding to 8 bits. */
  private static final double LEAST = 1e-4;

  /**
   * What came out.
   *
   * @param worst the highest ratio, at least 0
   * @param down its frequency in cycles per image, −side / 2 to side / 2
   * @param right likewise; of two opposite frequencies, which have one ratio, the upper one
   * @param above the number of frequencies over {@link #LIMIT}, opposite ones counted separately
   * @param frequencies how many there are
   * @param side of the images in pixels
   * @param real the number of real images
   * @param generated the number of generated images
   */
  record Result(
      double worst,
      int down,
      int right,
      int above,
      int frequencies,
      int side,
      int real,
      int generated) {
    /** The frequency of the highest ratio, [down, right]. */
    List<Integer> at() {
      return List.of(down, right);
    }
  }

  private final int side;
  private final int columns;
  private final double[][] cosines;
  private final double[][] sines;
  private final double[] window;

  private SpectrumRatio(int side) {
    this.side = side;
    columns = side / 2 + 1;
    cosines = new double[side][side];
    sines = new double[side][side];
    window = new double[side];
    for (int x = 0; x < side; x++) {
      window[x] = Math.pow(Math.sin(Math.PI * (x + 0.5) / side), 2);
      for (int f = 0; f < side; f++) {
        double angle = 2 * Math.PI * (f * x % side) / side;
        cosines[f][x] = Math.cos(angle);
        sines[f][x] = Math.sin(angle);
      }
    }
  }

  /**
   * The ratios of two sets of images.
   *
   * @param progress is called with 1 for every image that is done
   * @throws BadInputException if an image cannot be decoded or is no square of the size of all
   */
  static Result of(ImageSupply real, ImageSupply generated, IntConsumer progress) {
    RgbImage first = real.read(0, byte[]::new);
    SpectrumRatio spectra = new SpectrumRatio(first.height());
    double[] q = spectra.power(real, progress);
    double[] p = spectra.power(generated, progress);
    return spectra.compare(p, q, real.count(), generated.count());
  }

  private Result compare(double[] generated, double[] real, int reals, int fakes) {
    double worst = -1;
    int[] at = new int[2];
    int above = 0;
    int frequencies = 0;
    for (int down = -side / 2; down < side - side / 2; down++) {
      for (int right = -side / 2; right < side - side / 2; right++) {
        if (4 * (down * down + right * right) > side * side) {
          continue;
        }
        int place = place(down, right);
        double ratio = (generated[place] + LEAST) / (real[place] + LEAST);
        frequencies++;
        above += ratio > LIMIT ? 1 : 0;
        if (ratio > worst) {
          worst = ratio;
          at = new int[] {down, right};
        }
      }
    }
    return new Result(worst, at[0], at[1], above, frequencies, side, reals, fakes);
  }

  /** Where a frequency is: one to the left has the power of its opposite. */
  private int place(int down, int right) {
    int row = Math.floorMod(right < 0 ? -down : down, side);
    return row * columns + Math.abs(right);
  }

  /** The mean power, [side, columns]: row d mod side, column r. */
  private double[] power(ImageSupply images, IntConsumer progress) {
    double[] power = new double[side * columns];
    for (int i = 0; i < images.count(); i++) {
      add(squareOf(images, i), power);
      progress.accept(1);
    }
    for (int k = 0; k < power.length; k++) {
      power[k] /= images.count();
    }
    return power;
  }

  private RgbImage squareOf(ImageSupply images, int index) {
    RgbImage image = images.read(index, byte[]::new);
    if (image.height() != side || image.width() != side) {
      throw new BadInputException(
          "⟨metrics⟩ spectrum needs square images of one size, here %d×%d, and '%s' has %d×%d pixels; bring all to this size, or leave spectrum out"
              .formatted(side, side, images.describe(index), image.width(), image.height()));
    }
    return image;
  }

  /** Adds the power of one image, by the sums over its rows and then those over its columns. */
  private void add(RgbImage image, double[] power) {
    double[][] real = new double[columns][side];
    double[][] imaginary = new double[columns][side];
    for (int y = 0; y < side; y++) {
      double[] row = row(image, y);
      for (int r = 0; r < columns; r++) {
        real[r][y] = dot(row, cosines[r]);
        imaginary[r][y] = -dot(row, sines[r]);
      }
    }
    for (int d = 0; d < side; d++) {
      for (int r = 0; r < columns; r++) {
        double a = dot(real[r], cosines[d]) + dot(imaginary[r], sines[d]);
        double b = dot(imaginary[r], cosines[d]) - dot(real[r], sines[d]);
        power[d * columns + r] += a * a + b * b;
      }
    }
  }

  /** A row of the luma under the window. */
  private double[] row(RgbImage image, int y) {
    return IntStream.range(0, side)
        .mapToDouble(x -> window[y] * window[x] * (luma(image, y, x) / 127.5 - 1))
        .toArray();
  }

  /** By Rec. 601, 0 to 255. */
  private static double luma(RgbImage image, int y, int x) {
    return 0.299 * image.sample(y, x, 0)
        + 0.587 * image.sample(y, x, 1)
        + 0.114 * image.sample(y, x, 2);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
