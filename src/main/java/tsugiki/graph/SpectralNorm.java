package tsugiki.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Spectral normalisation (Miyato et al. 2018): the kernel over its largest singular value σ, so
 * that the layer is 1-Lipschitz. The kernel is read as a matrix [in·kh·kw, out]; σ comes from one
 * power iteration that starts at the stored vector u [1, out], and the iterated u is handed to
 * {@link PendingUpdates}. The gradient goes through σ = u Wᵀ v with u and v held fixed, as in the
 * paper's equation 12.
 *
 * <p>In the training of a GAN the u of a network moves in that network's own steps alone.
 * BigGAN-PyTorch and compare_gan move it in every training pass through the network, also in the
 * other network's steps.
 *
 * <p>On export the quotient is stored as a plain kernel, so a served network carries no trace of
 * this class.
 */
public final class SpectralNorm implements Kernels {
  /**
   * Added to the length of a vector before dividing by it. BigGAN-PyTorch trains with the same
   * number and divides by the larger of the two instead ({@code F.normalize}).
   */
  public static final float EPSILON = 1e-6f;

  /** What the name of a kernel's vector u ends with, after the kernel's own. */
  public static final String VECTOR = "_u";

  /** Enough for σ to within a few per mille where the largest two singular values are close. */
  private static final int ITERATIONS = 50;

  private final PendingUpdates updates;
  private final Optional<Weights> vectors;
  private final Map<String, Operand<TFloat32>> normalised = new HashMap<>();

  /**
   * Makes the constraint for one network in one graph. A kernel that is used twice is normalised
   * once.
   *
   * @param updates takes the new u of every kernel
   */
  public SpectralNorm(PendingUpdates updates) {
    this(updates, Optional.empty());
  }

  /**
   * The same for a network whose own weights have no vectors u.
   *
   * @param updates takes the new u of every kernel
   * @param vectors takes every u, under the kernel's full name
   */
  public SpectralNorm(PendingUpdates updates, Weights vectors) {
    this(updates, Optional.of(vectors));
  }

  private SpectralNorm(PendingUpdates updates, Optional<Weights> vectors) {
    this.updates = updates;
    this.vectors = vectors;
  }

  @Override
  public Operand<TFloat32> kernel(
      Ops tf, Weights weights, String name, Shape shape, Initializer initializer) {
    return normalised.computeIfAbsent(
        weights.path() + name, key -> normalise(tf, weights, name, shape, initializer));
  }

  /** A weight as the network uses it: a kernel under this constraint, or the variable itself. */
  public Operand<TFloat32> value(Weight weight) {
    Operand<TFloat32> kernel = normalised.get(weight.name());
    return kernel == null ? weight.variable() : kernel;
  }

  private Operand<TFloat32> normalise(
      Ops scope, Weights weights, String name, Shape shape, Initializer initializer) {
    Variable<TFloat32> kernel = weights.trained(scope, name, shape, initializer);
    long out = shape.get(shape.numDimensions() - 1);
    String vector = (vectors.isPresent() ? weights.path() + name : name) + VECTOR;
    Variable<TFloat32> stored =
        vectors.orElse(weights).untrained(scope, vector, Shape.of(1, out), Initializer.normal(1));
    Ops tf = scope.withSubScope("SpectralNorm");
    Operand<TFloat32> matrix =
        tf.reshape(kernel, tf.constant(new long[] {shape.size() / out, out}));
    Operand<TFloat32> fixed = tf.stopGradient(matrix);
    Operand<TFloat32> v = unit(tf, tf.linalg.matMul(stored, fixed, MatMul.transposeB(true)));
    Operand<TFloat32> u = unit(tf, tf.linalg.matMul(v, fixed));
    updates.add(stored, u);
    Operand<TFloat32> sigma =
        tf.linalg.matMul(tf.linalg.matMul(v, matrix), u, MatMul.transposeB(true));
    return tf.math.div(kernel, tf.reshape(sigma, tf.constant(new long[0])));
  }

  /**
   * The vector u of a kernel that was trained without one: after so many power iterations that the
   * first step divides by its σ, not by a smaller guess.
   *
   * @param kernel [rows, out] in row-major order
   * @param start the u to begin with [out]
   * @return u of length 1 [out]
   */
  public static float[] settled(float[] kernel, float[] start) {
    int out = start.length;
    int rows = kernel.length / out;
    double[] u = new double[out];
    for (int j = 0; j < out; j++) {
      u[j] = start[j];
    }
    for (int i = 0; i < ITERATIONS; i++) {
      double[] next = new double[out];
      for (int row = 0; row < rows; row++) {
        double v = 0;
        for (int j = 0; j < out; j++) {
          v += u[j] * kernel[row * out + j];
        }
        for (int j = 0; j < out; j++) {
          next[j] += v * kernel[row * out + j];
        }
      }
      double length = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum()) + EPSILON;
      u = Arrays.stream(next).map(x -> x / length).toArray();
    }
    float[] settled = new float[out];
    for (int j = 0; j < out; j++) {
      settled[j] = (float) u[j];
    }
    return settled;
  }

  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> row) {
    Operand<TFloat32> length =
        tf.math.sqrt(tf.sum(tf.math.square(row), tf.constant(new int[] {0, 1})));
    return tf.math.div(row, tf.math.add(length, tf.constant(EPSILON)));
  }
}
