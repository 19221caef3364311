package tsugiki.graft;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.WeightValues;

/** Two convolutions with random weights in the place of a pre-trained network. */
final class TinyNetwork implements FrozenNetwork {
  private static final Initializer INIT = Initializer.normal(0.3f);

  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    Operand<TFloat32> fine =
        tf.nn.relu(Conv2d.same(tf, weights.in("fine"), Kernels.PLAIN, images, 4, 3, INIT));
    Operand<TFloat32> coarse =
        tf.nn.relu(
            Conv2d.same(
                tf, weights.in("coarse"), Kernels.PLAIN, Resample.halved(tf, fine), 6, 3, INIT));
    return List.of(fine, coarse);
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    Operand<TFloat32> images =
        tf.math.sub(tf.math.mul(pixels, tf.constant(2f / 255)), tf.constant(1f));
    return tf.math.mean(maps(tf, weights, images).get(1), tf.constant(new int[] {1, 2}));
  }

  @Override
  public void fill(Session session, Weights weights) {
    WeightValues.initialise(session, weights);
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String protocol() {
    return "two random convolutions";
  }
}
