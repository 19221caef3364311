package tsugiki.graph;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Normalisation, attention and what else goes by channel, as plain loops in double precision. */
final class ChannelLoops {
  private ChannelLoops() {}

  /** The mean of every channel, the last dimension. */
  static double[] means(Values x) {
    int channels = x.shape()[x.shape().length - 1];
    double[] means = new double[channels];
    for (int i = 0; i < x.data().length; i++) {
      means[i % channels] += x.data()[i] * channels / x.data().length;
    }
    return means;
  }

  /** The mean squared distance of every channel from its mean. */
  static double[] variances(Values x) {
    double[] means = means(x);
    Values squares = Values.zeros(x.shape());
    for (int i = 0; i < x.data().length; i++) {
      squares.data()[i] = Math.pow(x.data()[i] - means[i % means.length], 2);
    }
    return means(squares);
  }

  /** scale·x + shift of every channel. */
  static Values affine(Values x, IntToDoubleFunction scale, IntToDoubleFunction shift) {
    int channels = x.shape()[x.shape().length - 1];
    Values y = Values.zeros(x.shape());
    for (int i = 0; i < x.data().length; i++) {
      y.data()[i] =
          scale.applyAsDouble(i % channels) * x.data()[i] + shift.applyAsDouble(i % channels);
    }
    return y;
  }

  /** A function of a value and its channel. */
  interface ByChannel {
    double apply(double x, int channel);
  }

  /** Such a function of every value. */
  static Values byChannel(Values x, ByChannel function) {
    Values y = Values.zeros(x.shape());
    int channels = x.shape()[x.shape().length - 1];
    for (int i = 0; i < x.data().length; i++) {
      y.data()[i] = function.apply(x.data()[i], i % channels);
    }
    return y;
  }

  /** scale·x + shift where they differ by image, [N, C] each. */
  static Values affineByImage(Values x, Values scale, Values shift) {
    int[] s = x.shape();
    Values y = Values.zeros(s);
    int image = s[1] * s[2] * s[3];
    for (int i = 0; i < x.data().length; i++) {
      int n = i / image;
      int c = i % s[3];
      y.data()[i] = scale.at(n, c) * x.data()[i] + shift.at(n, c);
    }
    return y;
  }

  /** Mean 0 and variance 1 of every channel. */
  static Values normalise(Values x, double[] means, double[] variances, double epsilon) {
    return affine(
        x,
        c -> 1 / Math.sqrt(variances[c] + epsilon),
        c -> -means[c] / Math.sqrt(variances[c] + epsilon));
  }

  /** Mean 0 and variance 1 of every channel of each image by itself. */
  static Values normaliseImages(Values x, double epsilon) {
    int[] s = x.shape();
    int image = s[1] * s[2] * s[3];
    Values y = Values.zeros(s);
    for (int n = 0; n < s[0]; n++) {
      double[] data = Arrays.copyOfRange(x.data(), n * image, (n + 1) * image);
      Values one = new Values(new int[] {1, s[1], s[2], s[3]}, data);
      Values normalised = normalise(one, means(one), variances(one), epsilon);
      System.arraycopy(normalised.data(), 0, y.data(), n * image, image);
    }
    return y;
  }

  /** γ·o(softmax(θ φᵀ) g) + x with φ and g pooled, all projections 1×1. */
  static Values attention(Values x, Values theta, Values phi, Values g, Values o, double gamma) {
    int[] s = x.shape();
    Values asks = Loops.convolve(x, theta);
    Values keys = Loops.pooled(Loops.convolve(x, phi));
    Values values = Loops.pooled(Loops.convolve(x, g));
    Values mixed = Values.zeros(s[0], s[1], s[2], values.shape()[3]);
    for (int n = 0; n < s[0]; n++) {
      for (int row = 0; row < s[1]; row++) {
        for (int column = 0; column < s[2]; column++) {
          attend(n, row, column, asks, keys, values, mixed);
        }
      }
    }
    Values result = Loops.convolve(mixed, o);
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = gamma * result.data()[i] + x.data()[i];
    }
    return result;
  }

  private static void attend(
      int n, int row, int column, Values asks, Values keys, Values values, Values mixed) {
    int width = keys.shape()[2];
    double[] weights = new double[keys.shape()[1] * width];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      double score = 0;
      for (int c = 0; c < keys.shape()[3]; c++) {
        score += asks.at(n, row, column, c) * keys.at(n, k / width, k % width, c);
      }
      weights[k] = Math.exp(score);
      sum += weights[k];
    }
    for (int k = 0; k < weights.length; k++) {
      for (int c = 0; c < values.shape()[3]; c++) {
        double part = weights[k] / sum * values.at(n, k / width, k % width, c);
        mixed.add(part, n, row, column, c);
      }
    }
  }

  /** W(z)·x + b(z) at every pixel: W [N, C/g, g, g] as [image, group, in, out], b [N, C]. */
  static Values adapt(Values x, Values w, Values b) {
    int[] s = x.shape();
    int group = w.shape()[2];
    Values y = Values.zeros(s);
    for (int n = 0; n < s[0]; n++) {
      for (int row = 0; row < s[1]; row++) {
        for (int column = 0; column < s[2]; column++) {
          for (int c = 0; c < s[3]; c++) {
            double sum = b.at(n, c);
            for (int i = 0; i < group; i++) {
              int from = c / group * group + i;
              sum += w.at(n, c / group, i, c % group) * x.at(n, row, column, from);
            }
            y.add(sum, n, row, column, c);
          }
        }
      }
    }
    return y;
  }
}
