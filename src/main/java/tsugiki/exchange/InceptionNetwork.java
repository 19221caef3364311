package tsugiki.exchange;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.InceptionV3;
import tsugiki.model.InceptionV3.Tap;

/**
 * Inception v3 at the image's own size, up to the last tap that leaves something at that size.
 *
 * @param files its weights
 * @param tap whose mean over the pixels are the features
 */
record InceptionNetwork(FoldedInceptionFiles files, Tap tap) implements FrozenNetwork {
  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    // [−1, 1] is (x − 127.5) / 127.5, and the network wants (x − 128) / 128.
    Operand<TFloat32> input =
        tf.math.sub(tf.math.mul(images, tf.constant(127.5f / 128)), tf.constant(0.5f / 128));
    Tap last = images.shape().get(1) >= 75 ? Tap.MIXED_768 : Tap.MIXED_288;
    return List.copyOf(new InceptionV3(weights).maps(tf, input, last).values());
  }

  /** The tap's mean over the pixels, at 299 pixels. */
  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    Operand<TFloat32> input = InceptionV3.resized(tf, pixels);
    return InceptionV3.pooled(tf, new InceptionV3(weights).maps(tf, input, tap).get(tap));
  }

  @Override
  public String protocol() {
    return "Inception v3 (2015), mean over the map with %d channels".formatted(tap.channels());
  }

  @Override
  public void fill(Session session, Weights weights) {
    files.fill(session, weights);
  }

  @Override
  public String name() {
    return "inception-folded";
  }
}
