package tsugiki.single;

import java.util.List;
import java.util.Map;
import tsugiki.single.HandPyramid.Plane;

/**
 * The stages of SinGAN as plain loops in double precision; nothing of the library is used.
 *
 * @param weights by name, row-major
 * @param layers of a stage
 * @param slope of the leaky ReLU
 */
record HandSinGan(Map<String, double[]> weights, int layers, double slope) {

  /**
   * The enlarged image of the stages below one, which are normalised by the running statistics.
   *
   * @param noise of the stages below; that of the first has one channel
   */
  Plane below(int stage, List<Plane> noise, int height, int width) {
    Plane image = first(noise.get(0), 0, true);
    for (int below = 1; below < stage; below++) {
      Plane random = noise.get(below);
      Plane enlarged = enlarged(image, random.height(), random.width());
      image = detailed(enlarged, random, below, true);
    }
    return enlarged(image, height, width);
  }

  /** The image of the first stage. */
  Plane first(Plane noise, int stage, boolean stored) {
    Plane grey = Plane.zeros(noise.height(), noise.width(), 3);
    for (int i = 0; i < grey.data().length; i++) {
      grey.data()[i] = noise.data()[i / 3];
    }
    return detail(grey, stage, stored);
  }

  /** An enlarged image with a stage's details. */
  Plane detailed(Plane enlarged, Plane noise, int stage, boolean stored) {
    double amplitude = weights.get("noise/amplitude_" + stage)[0];
    Plane input = Plane.zeros(enlarged.height(), enlarged.width(), 3);
    for (int i = 0; i < input.data().length; i++) {
      input.data()[i] = enlarged.data()[i] + amplitude * noise.data()[i];
    }
    Plane image = detail(input, stage, stored);
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] += enlarged.data()[i];
    }
    return image;
  }

  private Plane detail(Plane input, int stage, boolean stored) {
    String place = "generator/stage_" + stage;
    Plane padded = Plane.zeros(input.height() + 2 * layers, input.width() + 2 * layers, 3);
    for (int y = 0; y < input.height(); y++) {
      System.arraycopy(
          input.data(),
          y * input.width() * 3,
          padded.data(),
          ((y + layers) * padded.width() + layers) * 3,
          input.width() * 3);
    }
    Plane image = convolve(features(padded, place, stored), place + "/tail");
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = Math.tanh(image.data()[i]);
    }
    return image;
  }

  double score(Plane image) {
    double sum = 0;
    double[] scores = scores(image).data();
    for (double score : scores) {
      sum += score;
    }
    return sum / scores.length;
  }

  private Plane scores(Plane image) {
    return convolve(features(image, "discriminator", false), "discriminator/score");
  }

  /** The mean over the pixels of (‖∇ of the sum of scores‖ over the channels − 1)². */
  double penalty(Plane image) {
    double small = 1e-5;
    double sum = 0;
    for (int pixel = 0; pixel < image.height() * image.width(); pixel++) {
      double squares = 0;
      for (int c = 3 * pixel; c < 3 * pixel + 3; c++) {
        double value = image.data()[c];
        image.data()[c] = value + small;
        double up = total(image);
        image.data()[c] = value - small;
        double down = total(image);
        image.data()[c] = value;
        squares += Math.pow((up - down) / (2 * small), 2);
      }
      sum += Math.pow(Math.sqrt(squares) - 1, 2);
    }
    return sum / (image.height() * image.width());
  }

  private double total(Plane image) {
    Plane scores = scores(image);
    double sum = 0;
    for (double score : scores.data()) {
      sum += score;
    }
    return sum;
  }

  private Plane features(Plane input, String place, boolean stored) {
    Plane y = input;
    for (int layer = 0; layer < layers - 1; layer++) {
      String name = place + "/conv_" + layer;
      y = convolve(y, name);
      normalise(y, name + "/norm", stored);
      for (int i = 0; i < y.data().length; i++) {
        y.data()[i] *= y.data()[i] < 0 ? slope : 1;
      }
    }
    return y;
  }

  private void normalise(Plane y, String name, boolean stored) {
    HandNorm norm =
        stored
            ? new HandNorm(weights.get(name + "/mean"), weights.get(name + "/variance"))
            : HandNorm.of(y);
    norm.apply(y, weights.get(name + "/gain"), weights.get(name + "/bias"));
  }

  /** 3×3 without padding. */
  private Plane convolve(Plane x, String name) {
    double[] kernel = weights.get(name + "/kernel");
    double[] bias = weights.get(name + "/bias");
    int out = bias.length;
    Plane y = Plane.zeros(x.height() - 2, x.width() - 2, out);
    for (int row = 0; row < y.height(); row++) {
      for (int column = 0; column < y.width(); column++) {
        for (int o = 0; o < out; o++) {
          double value = bias[o];
          for (int tap = 0; tap < 9; tap++) {
            for (int c = 0; c < x.channels(); c++) {
              value +=
                  x.at(row + tap / 3, column + tap % 3, c)
                      * kernel[(tap * x.channels() + c) * out + o];
            }
          }
          y.data()[(row * y.width() + column) * out + o] = value;
        }
      }
    }
    return y;
  }

  /** Keys' kernel with a = −1/2, the borders aligned and repeated, cut to [−1, 1]. */
  private static Plane enlarged(Plane x, int height, int width) {
    Plane y = Plane.zeros(height, width, x.channels());
    for (int row = 0; row < height; row++) {
      double py = (row + 0.5) * x.height() / height - 0.5;
      for (int column = 0; column < width; column++) {
        double px = (column + 0.5) * x.width() / width - 0.5;
        for (int c = 0; c < x.channels(); c++) {
          double value = 0;
          for (int i = (int) Math.floor(py) - 1; i <= Math.floor(py) + 2; i++) {
            for (int j = (int) Math.floor(px) - 1; j <= Math.floor(px) + 2; j++) {
              int r = Math.max(0, Math.min(x.height() - 1, i));
              int q = Math.max(0, Math.min(x.width() - 1, j));
              value += cubic(py - i) * cubic(px - j) * x.at(r, q, c);
            }
          }
          y.data()[(row * width + column) * x.channels() + c] = Math.max(-1, Math.min(1, value));
        }
      }
    }
    return y;
  }

  private static double cubic(double distance) {
    double t = Math.abs(distance);
    if (t <= 1) {
      return 1.5 * t * t * t - 2.5 * t * t + 1;
    }
    return t < 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2 : 0;
  }
}
