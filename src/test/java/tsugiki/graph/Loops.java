package tsugiki.graph;

/** Products, convolutions and resampling as plain loops in double precision. */
final class Loops {
  private Loops() {}

  /** A convolution [N, H, W, in] by [k, k, in, out] with stride 1 and zero padding, k odd. */
  static Values convolve(Values x, Values kernel) {
    return convolve(x, kernel, 1, kernel.shape()[0] / 2);
  }

  /** A convolution by [4, 4, in, out] with stride 2: place r sees the pixels 2r − 1 to 2r + 2. */
  static Values striding(Values x, Values kernel) {
    return convolve(x, kernel, 2, 1);
  }

  /** The same of an even map by a kernel of another side k: from 2r − ⌊(k − 2) / 2⌋ on. */
  static Values stridingEven(Values x, Values kernel) {
    return convolve(x, kernel, 2, (kernel.shape()[0] - 2) / 2);
  }

  private static Values convolve(Values x, Values kernel, int stride, int before) {
    int size = kernel.shape()[0];
    int in = kernel.shape()[2];
    int out = kernel.shape()[3];
    int height = x.shape()[1];
    int width = x.shape()[2];
    Values y =
        Values.zeros(
            x.shape()[0], (height + stride - 1) / stride, (width + stride - 1) / stride, out);
    for (int n = 0; n < y.shape()[0]; n++) {
      for (int row = 0; row < y.shape()[1]; row++) {
        for (int column = 0; column < y.shape()[2]; column++) {
          for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
              int r = stride * row + i - before;
              int c = stride * column + j - before;
              if (r < 0 || r >= height || c < 0 || c >= width) {
                continue;
              }
              for (int a = 0; a < in; a++) {
                for (int b = 0; b < out; b++) {
                  y.add(x.at(n, r, c, a) * kernel.at(i, j, a, b), n, row, column, b);
                }
              }
            }
          }
        }
      }
    }
    return y;
  }

  /**
   * The transpose of a convolution with stride 2 by [k, k, out, in]: a pixel r is spread over the
   * places from 2r − ⌊(k − 2) / 2⌋ on.
   */
  static Values transposed(Values x, Values kernel) {
    int[] s = x.shape();
    int size = kernel.shape()[0];
    int before = (size - 2) / 2;
    Values y = Values.zeros(s[0], 2 * s[1], 2 * s[2], kernel.shape()[2]);
    for (int n = 0; n < s[0]; n++) {
      for (int row = 0; row < s[1]; row++) {
        for (int column = 0; column < s[2]; column++) {
          for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
              int r = 2 * row + i - before;
              int c = 2 * column + j - before;
              if (r < 0 || r >= 2 * s[1] || c < 0 || c >= 2 * s[2]) {
                continue;
              }
              for (int b = 0; b < kernel.shape()[2]; b++) {
                for (int a = 0; a < s[3]; a++) {
                  y.add(x.at(n, row, column, a) * kernel.at(i, j, b, a), n, r, c, b);
                }
              }
            }
          }
        }
      }
    }
    return y;
  }

  /** Every pixel four times. */
  static Values doubled(Values x) {
    int[] s = x.shape();
    Values y = Values.zeros(s[0], 2 * s[1], 2 * s[2], s[3]);
    for (int n = 0; n < s[0]; n++) {
      for (int row = 0; row < 2 * s[1]; row++) {
        for (int column = 0; column < 2 * s[2]; column++) {
          for (int c = 0; c < s[3]; c++) {
            y.add(x.at(n, row / 2, column / 2, c), n, row, column, c);
          }
        }
      }
    }
    return y;
  }

  /** Zeros between the pixels: each in the upper left corner of four. */
  static Values spaced(Values x) {
    int[] s = x.shape();
    Values y = Values.zeros(s[0], 2 * s[1], 2 * s[2], s[3]);
    for (int n = 0; n < s[0]; n++) {
      for (int row = 0; row < s[1]; row++) {
        for (int column = 0; column < s[2]; column++) {
          for (int c = 0; c < s[3]; c++) {
            y.add(x.at(n, row, column, c), n, 2 * row, 2 * column, c);
          }
        }
      }
    }
    return y;
  }

  /** A map without so many pixels at every border. */
  static Values inner(Values x, int border) {
    int[] s = x.shape();
    Values y = Values.zeros(s[0], s[1] - 2 * border, s[2] - 2 * border, s[3]);
    for (int n = 0; n < s[0]; n++) {
      for (int row = 0; row < y.shape()[1]; row++) {
        for (int column = 0; column < y.shape()[2]; column++) {
          for (int c = 0; c < s[3]; c++) {
            y.add(x.at(n, row + border, column + border, c), n, row, column, c);
          }
        }
      }
    }
    return y;
  }

  /**
   * Bicubic resizing, the border's samples repeated beyond it: the corners aligned and a = −3/4, or
   * the borders aligned and a = −1/2.
   */
  static Values bicubic(Values x, int height, int width, boolean corners) {
    double a = corners ? -0.75 : -0.5;
    int[] s = x.shape();
    Values y = Values.zeros(s[0], height, width, s[3]);
    for (int row = 0; row < height; row++) {
      double py = place(row, height, s[1], corners);
      for (int column = 0; column < width; column++) {
        double px = place(column, width, s[2], corners);
        for (int i = -2; i < s[1] + 3; i++) {
          for (int j = -2; j < s[2] + 3; j++) {
            double weight = cubic(a, py - i) * cubic(a, px - j);
            int r = Math.max(0, Math.min(s[1] - 1, i));
            int c = Math.max(0, Math.min(s[2] - 1, j));
            for (int n = 0; n < s[0]; n++) {
              for (int k = 0; k < s[3]; k++) {
                y.add(weight * x.at(n, r, c, k), n, row, column, k);
              }
            }
          }
        }
      }
    }
    return y;
  }

  private static double place(int output, int outputs, int inputs, boolean corners) {
    if (!corners) {
      return (2 * output + 1) * (double) inputs / (2 * outputs) - 0.5;
    }
    return outputs == 1 ? 0 : (double) output * (inputs - 1) / (outputs - 1);
  }

  /** Keys' kernel. */
  private static double cubic(double a, double distance) {
    double t = Math.abs(distance);
    if (t >= 2) {
      return 0;
    }
    return t <= 1
        ? (a + 2) * t * t * t - (a + 3) * t * t + 1
        : a * (t * t * t - 5 * t * t + 8 * t - 4);
  }

  /** The mean of every 2×2 pixels. */
  static Values halved(Values x) {
    int[] s = x.shape();
    Values y = Values.zeros(s[0], s[1] / 2, s[2] / 2, s[3]);
    for (int n = 0; n < s[0]; n++) {
      for (int row = 0; row < s[1]; row++) {
        for (int column = 0; column < s[2]; column++) {
          for (int c = 0; c < s[3]; c++) {
            y.add(x.at(n, row, column, c) / 4, n, row / 2, column / 2, c);
          }
        }
      }
    }
    return y;
  }

  /** The largest of every 2×2 pixels. */
  static Values pooled(Values x) {
    int[] s = x.shape();
    Values y = Values.zeros(s[0], s[1] / 2, s[2] / 2, s[3]);
    for (int n = 0; n < s[0]; n++) {
      for (int row = 0; row < s[1] / 2; row++) {
        for (int column = 0; column < s[2] / 2; column++) {
          for (int c = 0; c < s[3]; c++) {
            double above =
                Math.max(x.at(n, 2 * row, 2 * column, c), x.at(n, 2 * row, 2 * column + 1, c));
            double below =
                Math.max(
                    x.at(n, 2 * row + 1, 2 * column, c), x.at(n, 2 * row + 1, 2 * column + 1, c));
            y.add(Math.max(above, below), n, row, column, c);
          }
        }
      }
    }
    return y;
  }

  /** Bilinear resizing with half-pixel centres, the border pixels repeated. */
  static Values bilinear(Values x, int height, int width) {
    int[] s = x.shape();
    Values y = Values.zeros(s[0], height, width, s[3]);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double r = (row + 0.5) * s[1] / height - 0.5;
        double q = (column + 0.5) * s[2] / width - 0.5;
        for (int i = (int) Math.floor(r); i <= Math.floor(r) + 1; i++) {
          for (int j = (int) Math.floor(q); j <= Math.floor(q) + 1; j++) {
            double weight = (1 - Math.abs(r - i)) * (1 - Math.abs(q - j));
            int a = Math.max(0, Math.min(s[1] - 1, i));
            int b = Math.max(0, Math.min(s[2] - 1, j));
            for (int n = 0; n < s[0]; n++) {
              for (int c = 0; c < s[3]; c++) {
                y.add(weight * x.at(n, a, b, c), n, row, column, c);
              }
            }
          }
        }
      }
    }
    return y;
  }

  /** Bilinear means at places, each row, column and both again over the last one's number. */
  static Values sampled(Values x, float[] places) {
    int[] s = x.shape();
    int samples = places.length / (4 * s[0]);
    Values y = Values.zeros(s[0], samples, s[3]);
    for (int i = 0; i < s[0] * samples; i++) {
      double row = (double) places[4 * i] * (s[1] - 1);
      double column = (double) places[4 * i + 1] * (s[2] - 1);
      for (int a = 0; a < s[1]; a++) {
        for (int b = 0; b < s[2]; b++) {
          double weight =
              Math.max(0, 1 - Math.abs(row - a)) * Math.max(0, 1 - Math.abs(column - b));
          for (int c = 0; c < s[3]; c++) {
            y.add(weight * x.at(i / samples, a, b, c), i / samples, i % samples, c);
          }
        }
      }
    }
    return y;
  }

  /** Quarter turns counter-clockwise: a pixel of the right edge comes to the top. */
  static Values turned(Values x, int quarters) {
    Values y = x;
    for (int turn = 0; turn < quarters; turn++) {
      int[] s = y.shape();
      Values next = Values.zeros(s[0], s[2], s[1], s[3]);
      for (int n = 0; n < s[0]; n++) {
        for (int row = 0; row < s[1]; row++) {
          for (int column = 0; column < s[2]; column++) {
            for (int c = 0; c < s[3]; c++) {
              next.add(y.at(n, row, column, c), n, s[2] - 1 - column, row, c);
            }
          }
        }
      }
      y = next;
    }
    return y;
  }

  /** [N, in] by [in, out]. */
  static Values multiply(Values x, Values matrix) {
    Values y = Values.zeros(x.shape()[0], matrix.shape()[1]);
    for (int n = 0; n < x.shape()[0]; n++) {
      for (int i = 0; i < x.shape()[1]; i++) {
        for (int j = 0; j < matrix.shape()[1]; j++) {
          y.add(x.at(n, i) * matrix.at(i, j), n, j);
        }
      }
    }
    return y;
  }

  /** The largest singular value of a kernel read as [rest, out], by a long power iteration. */
  static double largestSingularValue(Values kernel) {
    int out = kernel.shape()[kernel.shape().length - 1];
    Values matrix = kernel.as(kernel.data().length / out, out);
    double[] u = new double[out];
    u[0] = 1;
    double sigma = 0;
    for (int step = 0; step < 5000; step++) {
      double[] v = new double[matrix.shape()[0]];
      double[] next = new double[out];
      for (int i = 0; i < v.length; i++) {
        for (int j = 0; j < out; j++) {
          v[i] += matrix.at(i, j) * u[j];
        }
      }
      for (int i = 0; i < v.length; i++) {
        for (int j = 0; j < out; j++) {
          next[j] += matrix.at(i, j) * v[i];
        }
      }
      double square = length(next);
      sigma = Math.sqrt(square);
      for (int j = 0; j < out; j++) {
        u[j] = next[j] / square;
      }
    }
    return sigma;
  }

  static double length(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
