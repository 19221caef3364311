package tsugiki.graph;

/**
 * The pipeline of ADA in loops over pixels, given its parameters: matrices of double precision and
 * sums over the taps of the filter.
 */
final class AdaptiveLoops {
  private static final double[] SYM6 = {
    0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633,
    0.4910559419267466, 0.787641141030194, 0.3379294217276218, -0.07263752278646252,
    -0.021060292512300564, 0.04472490177066578, 0.0017677118642428036, -0.007800708325034148
  };

  private AdaptiveLoops() {}

  /**
   * What is done to one image.
   *
   * @param flip 0 or 1
   * @param quarters 0 to 3
   * @param shiftX whole pixels to the right
   * @param shiftY whole pixels down
   * @param scale factor
   * @param firstTurn before the stretch, in radians
   * @param stretch factor of the width, by which the height is divided
   * @param secondTurn after it
   * @param fractionX pixels to the right
   * @param fractionY pixels down
   */
  record Geometry(
      double flip,
      double quarters,
      double shiftX,
      double shiftY,
      double scale,
      double firstTurn,
      double stretch,
      double secondTurn,
      double fractionX,
      double fractionY) {
    /** From places in the result to places in the image. */
    double[][] inverse() {
      double[][] m = scaled(1 - 2 * flip, 1);
      m = times(m, turned(Math.PI / 2 * quarters));
      m = times(m, shifted(-shiftX, -shiftY));
      m = times(m, scaled(1 / scale, 1 / scale));
      m = times(m, turned(firstTurn));
      m = times(m, scaled(1 / stretch, stretch));
      m = times(m, turned(secondTurn));
      return times(m, shifted(-fractionX, -fractionY));
    }
  }

  /**
   * What is done to the colours of one image.
   *
   * @param brightness added
   * @param contrast factor about 0
   * @param luma 1 reflects at the plane across the grey axis
   * @param hue turns about the grey axis, in radians
   * @param saturation factor across the grey axis
   */
  record Colours(double brightness, double contrast, double luma, double hue, double saturation) {
    /** By Rodrigues' formula, colour by colour. */
    double[] of(double[] colour) {
      double[] c = new double[3];
      for (int i = 0; i < 3; i++) {
        c[i] = contrast * (colour[i] + brightness);
      }
      double mean = (c[0] + c[1] + c[2]) / 3;
      for (int i = 0; i < 3; i++) {
        c[i] -= 2 * luma * mean;
      }
      double grey = (c[0] + c[1] + c[2]) / 3;
      double[] turned = new double[3];
      for (int i = 0; i < 3; i++) {
        double across = (c[(i + 2) % 3] - c[(i + 1) % 3]) / Math.sqrt(3);
        turned[i] = grey + saturation * ((c[i] - grey) * Math.cos(hue) + across * Math.sin(hue));
      }
      return turned;
    }
  }

  private static double[][] scaled(double x, double y) {
    return new double[][] {{x, 0, 0}, {0, y, 0}, {0, 0, 1}};
  }

  private static double[][] turned(double angle) {
    return new double[][] {
      {Math.cos(angle), -Math.sin(angle), 0}, {Math.sin(angle), Math.cos(angle), 0}, {0, 0, 1}
    };
  }

  private static double[][] shifted(double x, double y) {
    return new double[][] {{1, 0, x}, {0, 1, y}, {0, 0, 1}};
  }

  private static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[3][3];
    for (int i = 0; i < 9; i++) {
      for (int k = 0; k < 3; k++) {
        product[i / 3][i % 3] += a[i / 3][k] * b[k][i % 3];
      }
    }
    return product;
  }

  /** Changes the colours of one image of a batch in place. */
  static void colour(Values x, int image, Colours colours) {
    int side = x.shape()[1];
    for (int i = 0; i < side * side; i++) {
      int at = (image * side * side + i) * 3;
      double[] made = colours.of(new double[] {x.data()[at], x.data()[at + 1], x.data()[at + 2]});
      System.arraycopy(made, 0, x.data(), at, 3);
    }
  }

  /** Adds the warped image to another batch. */
  static void warp(Values x, int image, double[][] inverse, Values to) {
    int side = x.shape()[1];
    int samples = 2 * side + 12;
    double[][][] fine = doubled(x, image);
    double[][][] moved = new double[samples][samples][];
    for (int i = 0; i < samples; i++) {
      for (int j = 0; j < samples; j++) {
        double outX = (j + 1 - samples / 2) / 2.0;
        double outY = (i + 1 - samples / 2) / 2.0;
        double inX = inverse[0][0] * outX + inverse[0][1] * outY + inverse[0][2];
        double inY = inverse[1][0] * outX + inverse[1][1] * outY + inverse[1][2];
        moved[i][j] = between(fine, 2 * inY + fine.length / 2 - 1, 2 * inX + fine.length / 2 - 1);
      }
    }
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        for (int t = 0; t < 144; t++) {
          double tap = SYM6[t / 12] * SYM6[t % 12] / 2;
          double[] sample = moved[2 * i + 1 + t / 12][2 * j + 1 + t % 12];
          for (int c = 0; c < 3; c++) {
            to.add(tap * sample[c], image, i, j, c);
          }
        }
      }
    }
  }

  /** The image at twice the resolution, continued by half a side all around. */
  private static double[][][] doubled(Values x, int image) {
    int side = x.shape()[1];
    int margin = (side + 1) / 2;
    int samples = 2 * (side + 2 * margin);
    double[][][] fine = new double[samples][samples][3];
    for (int k = 0; k < samples; k++) {
      for (int l = 0; l < samples; l++) {
        for (int t = 0; t < 144; t++) {
          int row = k + t / 12 - 6;
          int column = l + t % 12 - 6;
          if (row % 2 == 0 && column % 2 == 0) {
            double tap = 2 * SYM6[11 - t / 12] * SYM6[11 - t % 12];
            for (int c = 0; c < 3; c++) {
              fine[k][l][c] +=
                  tap
                      * x.at(
                          image,
                          mirrored(row / 2 - margin, side),
                          mirrored(column / 2 - margin, side),
                          c);
            }
          }
        }
      }
    }
    return fine;
  }

  private static int mirrored(int index, int side) {
    int place = index;
    while (place < 0 || place >= side) {
      place = place < 0 ? -place : 2 * (side - 1) - place;
    }
    return place;
  }

  private static double[] between(double[][][] fine, double row, double column) {
    int last = fine.length - 1;
    double y = within(row, last);
    double x = within(column, last);
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(top + 1, last);
    int right = Math.min(left + 1, last);
    double[] mixed = new double[3];
    for (int c = 0; c < 3; c++) {
      double above = fine[top][left][c] + (fine[top][right][c] - fine[top][left][c]) * (x - left);
      double below =
          fine[bottom][left][c] + (fine[bottom][right][c] - fine[bottom][left][c]) * (x - left);
      mixed[c] = above + (below - above) * (y - top);
    }
    return mixed;
  }

  private static double within(double place, int last) {
    double inside = place;
    while (inside < 0 || inside > last) {
      inside = inside < 0 ? -inside : 2.0 * last - inside;
    }
    return inside;
  }
}
