package tsugiki.single;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The networks of a pyramid and the losses of a stage as plain loops in double precision; nothing
 * of the library is used.
 *
 * @param weights by name, row-major
 * @param channels of the features
 * @param layers of a stage
 * @param margin rows of noise around an image
 * @param slope of the leaky ReLU
 */
record HandPyramid(
    Map<String, double[]> weights, int channels, int layers, int margin, double slope) {
  /** A map [height, width, channels]. */
  record Plane(int height, int width, int channels, double[] data) {
    static Plane zeros(int height, int width, int channels) {
      return new Plane(height, width, channels, new double[height * width * channels]);
    }

    static Plane of(int height, int width, int channels, float[] values) {
      Plane plane = zeros(height, width, channels);
      for (int i = 0; i < values.length; i++) {
        plane.data[i] = values[i];
      }
      return plane;
    }

    /** This image by a share, and another by the rest. */
    Plane mixed(double share, Plane other) {
      Plane mixed = zeros(height, width, channels);
      for (int i = 0; i < data.length; i++) {
        mixed.data[i] = share * data[i] + (1 - share) * other.data[i];
      }
      return mixed;
    }

    double at(int y, int x, int c) {
      return y < 0 || x < 0 || y >= height || x >= width ? 0 : data[(y * width + x) * channels + c];
    }
  }

  /** The generator's image of the last stage that there is noise for. */
  Plane image(List<Plane> noise) {
    Plane head = layer(noise.get(0), "generator/head", 1);
    Plane features;
    if (margin > 0) {
      Plane wider = bicubic(head, head.height + 2, head.width + 2);
      features = body(wider, 0, layers - 1);
    } else {
      features = body(head, 0, layers);
    }
    for (int stage = 1; stage < noise.size(); stage++) {
      Plane random = noise.get(stage);
      double amplitude = weights.get("noise/amplitude_" + stage)[0];
      Plane input = bicubic(features, random.height, random.width);
      for (int i = 0; i < input.data.length; i++) {
        input.data[i] += amplitude * random.data[i];
      }
      Plane enlarged = bicubic(features, random.height - 2 * margin, random.width - 2 * margin);
      Plane grown = body(input, stage, layers - margin);
      for (int i = 0; i < grown.data.length; i++) {
        grown.data[i] += enlarged.data[i];
      }
      features = grown;
    }
    Plane image = convolve(features, "generator/tail", 3, 1);
    for (int i = 0; i < image.data.length; i++) {
      image.data[i] = Math.tanh(image.data[i]);
    }
    return image;
  }

  /** All convolutions without padding, of a map in that many zeros. */
  private Plane body(Plane x, int stage, int zeros) {
    Plane y = Plane.zeros(x.height + 2 * zeros, x.width + 2 * zeros, x.channels);
    for (int row = 0; row < x.height; row++) {
      System.arraycopy(
          x.data,
          row * x.width * x.channels,
          y.data,
          ((row + zeros) * y.width + zeros) * x.channels,
          x.width * x.channels);
    }
    for (int layer = 0; layer < layers; layer++) {
      y = layer(y, "generator/body_" + stage + "/conv_" + layer, 0);
    }
    return y;
  }

  /** A convolution in that many zeros, normalised where it has a gain, and activated. */
  private Plane layer(Plane x, String name, int zeros) {
    Plane y = convolve(x, name, channels, zeros);
    double[] gain = weights.get(name + "/norm/gain");
    if (gain != null) {
      HandNorm.of(y).apply(y, gain, weights.get(name + "/norm/bias"));
    }
    return leaky(y);
  }

  /** The scores of all patches. */
  Plane scores(Plane image) {
    Plane y = image;
    for (int layer = 0; layer <= layers; layer++) {
      y = leaky(convolve(y, "discriminator/conv_" + layer, channels, 0));
    }
    return convolve(y, "discriminator/score", 1, 0);
  }

  double score(Plane image) {
    return mean(scores(image));
  }

  /** The mean over the pixels of (‖∇ of the sum of scores‖ over the channels − 1)². */
  double penalty(Plane image) {
    List<Plane> outputs = new ArrayList<>(List.of(image));
    for (int layer = 0; layer <= layers; layer++) {
      outputs.add(leaky(convolve(outputs.get(layer), "discriminator/conv_" + layer, channels, 0)));
    }
    Plane last = outputs.get(layers + 1);
    Plane slope = Plane.zeros(last.height - 2, last.width - 2, 1);
    Arrays.fill(slope.data, 1);
    slope = backwards(slope, "discriminator/score", last);
    for (int layer = layers; layer >= 0; layer--) {
      Plane output = outputs.get(layer + 1);
      for (int i = 0; i < slope.data.length; i++) {
        // Leaky ReLU keeps the sign.
        slope.data[i] *= output.data[i] < 0 ? this.slope : 1;
      }
      slope = backwards(slope, "discriminator/conv_" + layer, outputs.get(layer));
    }
    double sum = 0;
    for (int pixel = 0; pixel < image.height * image.width; pixel++) {
      double squares = 0;
      for (int c = 0; c < 3; c++) {
        squares += Math.pow(slope.data[3 * pixel + c], 2);
      }
      sum += Math.pow(Math.sqrt(squares) - 1, 2);
    }
    return sum / (image.height * image.width);
  }

  /** The slope by the input of a 3×3 convolution without padding, from that by its output. */
  private Plane backwards(Plane slope, String name, Plane input) {
    double[] kernel = weights.get(name + "/kernel");
    Plane y = Plane.zeros(input.height, input.width, input.channels);
    for (int row = 0; row < slope.height; row++) {
      for (int column = 0; column < slope.width; column++) {
        for (int o = 0; o < slope.channels; o++) {
          double value = slope.at(row, column, o);
          for (int tap = 0; tap < 9; tap++) {
            int at = ((row + tap / 3) * y.width + column + tap % 3) * y.channels;
            for (int c = 0; c < y.channels; c++) {
              y.data[at + c] += value * kernel[(tap * y.channels + c) * slope.channels + o];
            }
          }
        }
      }
    }
    return y;
  }

  static double squaredError(Plane a, Plane b) {
    double sum = 0;
    for (int i = 0; i < a.data.length; i++) {
      sum += Math.pow(a.data[i] - b.data[i], 2);
    }
    return sum / a.data.length;
  }

  private static double sum(Plane x) {
    double sum = 0;
    for (double value : x.data) {
      sum += value;
    }
    return sum;
  }

  private static double mean(Plane x) {
    return sum(x) / x.data.length;
  }

  private Plane leaky(Plane x) {
    for (int i = 0; i < x.data.length; i++) {
      x.data[i] = x.data[i] < 0 ? slope * x.data[i] : x.data[i];
    }
    return x;
  }

  /** 3×3, the map in that many zeros. */
  private Plane convolve(Plane x, String name, int out, int zeros) {
    double[] kernel = weights.get(name + "/kernel");
    double[] bias = weights.get(name + "/bias");
    Plane y = Plane.zeros(x.height + 2 * zeros - 2, x.width + 2 * zeros - 2, out);
    for (int row = 0; row < y.height; row++) {
      for (int column = 0; column < y.width; column++) {
        for (int o = 0; o < out; o++) {
          double value = bias[o];
          for (int tap = 0; tap < 9; tap++) {
            for (int c = 0; c < x.channels; c++) {
              value +=
                  x.at(row + tap / 3 - zeros, column + tap % 3 - zeros, c)
                      * kernel[(tap * x.channels + c) * out + o];
            }
          }
          y.data[(row * y.width + column) * out + o] = value;
        }
      }
    }
    return y;
  }

  /** Keys' kernel with a = −3/4, corners aligned, the border repeated. */
  private static Plane bicubic(Plane x, int height, int width) {
    Plane y = Plane.zeros(height, width, x.channels);
    for (int row = 0; row < height; row++) {
      double py = (double) row * (x.height - 1) / (height - 1);
      for (int column = 0; column < width; column++) {
        double px = (double) column * (x.width - 1) / (width - 1);
        for (int i = (int) Math.floor(py) - 1; i <= Math.floor(py) + 2; i++) {
          for (int j = (int) Math.floor(px) - 1; j <= Math.floor(px) + 2; j++) {
            int r = Math.max(0, Math.min(x.height - 1, i));
            int q = Math.max(0, Math.min(x.width - 1, j));
            for (int c = 0; c < x.channels; c++) {
              y.data[(row * width + column) * x.channels + c] +=
                  cubic(py - i) * cubic(px - j) * x.at(r, q, c);
            }
          }
        }
      }
    }
    return y;
  }

  private static double cubic(double distance) {
    double t = Math.abs(distance);
    double a = -0.75;
    if (t <= 1) {
      return (a + 2) * t * t * t - (a + 3) * t * t + 1;
    }
    return t < 2 ? a * t * t * t - 5 * a * t * t + 8 * a * t - 4 * a : 0;
  }
}
