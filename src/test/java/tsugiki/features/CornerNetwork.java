package tsugiki.features;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.WeightValues;

/**
 * The smallest network with a protocol: images are resized to one pixel a quarter, which a weight
 * multiplies and an offset follows. An image of one colour gives scale · that colour, four times.
 *
 * @param scale its one weight
 * @param kept a factor of the features that it keeps from its weights
 * @param divisor of the features; 0 makes them infinite or, for black, no number
 */
record CornerNetwork(float scale, float kept, float divisor) implements FrozenNetwork {
  static final int DIMENSIONS = 12;

  CornerNetwork(float scale, float divisor) {
    this(scale, 1, divisor);
  }

  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    return List.of(images);
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    Variable<TFloat32> weight = weights.trained(tf, "scale", Shape.of(1), Initializer.zeros());
    Operand<TFloat32> corners = Resample.bilinear(tf, pixels, 2, 2);
    Operand<TFloat32> scaled = tf.math.mul(corners, tf.identity(weight));
    Variable<TFloat32> own = tf.withName("kept").variable(Shape.scalar(), TFloat32.class);
    tf.withName("fill").assign(own, tf.withName("value").placeholder(TFloat32.class));
    return tf.reshape(
        tf.math.div(tf.math.mul(scaled, tf.identity(own)), tf.constant(divisor)),
        tf.constant(new int[] {-1, DIMENSIONS}));
  }

  @Override
  public void fill(Session session, Weights weights) {
    WeightValues.set(session, weights.all().get(0), new float[] {scale});
    try (TFloat32 value = TFloat32.scalarOf(kept)) {
      session.runner().feed("value", value).addTarget("fill").run().close();
    }
  }

  @Override
  public String name() {
    return "corner";
  }

  @Override
  public String protocol() {
    return "four pixels";
  }
}
