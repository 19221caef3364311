package tsugiki.train;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The steps of {@link SmallStep} in double, with numerical derivatives: nothing of the library is
 * used. Matrices are arrays in row-major order, W [3, 2].
 */
final class HandComputedStep {
  private static final double SMALL = 1e-6;
  private static final double NORM_EPSILON = 1e-6;

  private final Map<String, double[]> values = new HashMap<>();

  HandComputedStep(Map<String, float[]> start) {
    start.forEach(
        (name, from) -> {
          double[] copy = new double[from.length];
          for (int i = 0; i < copy.length; i++) {
            copy[i] = from[i];
          }
          values.put(name, copy);
        });
  }

  Map<String, double[]> values() {
    return values;
  }

  void run(int number) {
    double[] w = values.get("kernel").clone();
    double[] g = values.get("gain").clone();
    double[][] uv = iterate(w, values.get("kernel_u"));
    double[] gradientW = gradient(p -> loss(p, g, uv), w);
    double[] gradientG = gradient(p -> loss(w, p, uv), g);
    double[] mean = values.get("mean");
    for (int c = 0; c < 2; c++) {
      double now = 0;
      for (float[] x : SmallStep.X) {
        now += output(x, w, sigma(w, uv), c) * g[c] / SmallStep.X.length;
      }
      mean[c] = SmallStep.KEPT * mean[c] + (1 - SmallStep.KEPT) * now;
    }
    values.put("kernel_u", uv[0]);
    adam("kernel", gradientW, number);
    adam("gain", gradientG, number);

    double[] moved = values.get("kernel");
    double sigma = sigma(moved, iterate(moved, uv[0]));
    double[] average = values.get("average/kernel");
    for (int i = 0; i < average.length; i++) {
      average[i] = SmallStep.KEPT * average[i] + (1 - SmallStep.KEPT) * moved[i] / sigma;
    }
  }

  private void adam(String name, double[] gradient, int number) {
    Adam adam = SmallStep.ADAM;
    double[] m = values.get("adam/m/" + name);
    double[] v = values.get("adam/v/" + name);
    double[] w = values.get(name);
    double rate =
        SmallStep.RATE
            * Math.sqrt(1 - Math.pow(adam.beta2(), number))
            / (1 - Math.pow(adam.beta1(), number));
    for (int i = 0; i < w.length; i++) {
      m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * gradient[i];
      v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * gradient[i] * gradient[i];
      w[i] -= rate * m[i] / (Math.sqrt(v[i]) + adam.epsilon());
    }
  }

  private static double loss(double[] w, double[] g, double[][] uv) {
    double sum = 0;
    double sigma = sigma(w, uv);
    for (int row = 0; row < SmallStep.X.length; row++) {
      for (int c = 0; c < 2; c++) {
        double gap = output(SmallStep.X[row], w, sigma, c) * g[c] - SmallStep.T[row][c];
        sum += gap * gap;
      }
    }
    return sum / (2 * SmallStep.X.length);
  }

  private static double output(float[] x, double[] w, double sigma, int c) {
    return (x[0] * w[c] + x[1] * w[2 + c] + x[2] * w[4 + c]) / sigma;
  }

  /** One power iteration: the new u [2] and v [3]. */
  private static double[][] iterate(double[] w, double[] u) {
    double[] v = new double[3];
    for (int i = 0; i < 3; i++) {
      v[i] = u[0] * w[2 * i] + u[1] * w[2 * i + 1];
    }
    normalise(v);
    double[] next = new double[2];
    for (int i = 0; i < 3; i++) {
      next[0] += v[i] * w[2 * i];
      next[1] += v[i] * w[2 * i + 1];
    }
    normalise(next);
    return new double[][] {next, v};
  }

  private static void normalise(double[] vector) {
    double squares = 0;
    for (double entry : vector) {
      squares += entry * entry;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= Math.sqrt(squares) + NORM_EPSILON;
    }
  }

  /** v·W·uᵀ, where u and v do not move with W. */
  private static double sigma(double[] w, double[][] uv) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += uv[1][i] * (w[2 * i] * uv[0][0] + w[2 * i + 1] * uv[0][1]);
    }
    return sum;
  }

  private static double[] gradient(ToDoubleFunction<double[]> function, double[] at) {
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] up = at.clone();
      double[] down = at.clone();
      up[i] += SMALL;
      down[i] -= SMALL;
      gradient[i] = (function.applyAsDouble(up) - function.applyAsDouble(down)) / (2 * SMALL);
    }
    return gradient;
  }
}
