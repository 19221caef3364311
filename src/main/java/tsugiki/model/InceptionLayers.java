package tsugiki.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weights;

/**
 * The layers that {@link InceptionV3} is made of, at one place in the network. Maps are NHWC.
 *
 * @param tf the scope of the place
 * @param weights the weights of the place
 * @param variant whose means they are
 */
record InceptionLayers(Ops tf, Weights weights, InceptionVariant variant) {
  private static final List<Long> THREE = List.of(1L, 3L, 3L, 1L);
  private static final List<Long> ONE_STEP = List.of(1L, 1L, 1L, 1L);
  private static final List<Long> TWO_STEPS = List.of(1L, 2L, 2L, 1L);
  private static final String SAME = "SAME";
  private static final String VALID = "VALID";

  /** The place one level down. */
  InceptionLayers in(String name) {
    return new InceptionLayers(tf.withSubScope(name), weights.in(name), variant);
  }

  /** A 1×1 convolution. */
  Operand<TFloat32> point(String name, Operand<TFloat32> x, long out) {
    return same(name, x, out, 1, 1);
  }

  /** A convolution that keeps the size of the map. */
  Operand<TFloat32> same(String name, Operand<TFloat32> x, long out, long height, long width) {
    return in(name).convolution(x, Shape.of(height, width, x.shape().get(3), out), ONE_STEP, SAME);
  }

  /** A square convolution without padding. */
  Operand<TFloat32> valid(String name, Operand<TFloat32> x, long out, long size) {
    return in(name).convolution(x, Shape.of(size, size, x.shape().get(3), out), ONE_STEP, VALID);
  }

  /** A 3×3 convolution with stride 2 without padding. */
  Operand<TFloat32> halvingConv(String name, Operand<TFloat32> x, long out) {
    return in(name).convolution(x, Shape.of(3, 3, x.shape().get(3), out), TWO_STEPS, VALID);
  }

  /** The maximum of 3×3 pixels with stride 2 without padding. */
  Operand<TFloat32> halvingPool(String name, Operand<TFloat32> x) {
    return tf.withName(name).nn.maxPool(x, tf.constant(ints(3)), tf.constant(ints(2)), VALID);
  }

  /** The maximum of 3×3 pixels around each. */
  Operand<TFloat32> maximum(String name, Operand<TFloat32> x) {
    return tf.withName(name).nn.maxPool(x, tf.constant(ints(3)), tf.constant(ints(1)), SAME);
  }

  /** The mean of 3×3 pixels around each: of those that exist, or with zeros for the others. */
  Operand<TFloat32> mean(String name, Operand<TFloat32> x) {
    if (!variant.countsPadding()) {
      return tf.withName(name).nn.avgPool(x, THREE, ONE_STEP, SAME);
    }
    Operand<TInt32> border =
        tf.reshape(tf.constant(new int[] {0, 0, 1, 1, 1, 1, 0, 0}), tf.constant(Shape.of(4, 2)));
    Operand<TFloat32> padded = tf.pad(x, border, tf.constant(0f));
    return tf.withName(name).nn.avgPool(padded, THREE, ONE_STEP, VALID);
  }

  /** The branches of a block side by side. */
  Operand<TFloat32> join(List<Operand<TFloat32>> branches) {
    return tf.withName("join").concat(branches, tf.constant(3));
  }

  private Operand<TFloat32> convolution(
      Operand<TFloat32> x, Shape shape, List<Long> strides, String padding) {
    float sigma = (float) Math.sqrt(2.0 / (shape.size() / shape.get(3)));
    Variable<TFloat32> kernel = weights.trained(tf, "kernel", shape, Initializer.normal(sigma));
    Variable<TFloat32> bias =
        weights.trained(tf, "bias", Shape.of(shape.get(3)), Initializer.zeros());
    return tf.nn.relu(tf.nn.biasAdd(tf.nn.conv2d(x, kernel, strides, padding), bias));
  }

  private static int[] ints(int side) {
    return new int[] {1, side, side, 1};
  }
}
