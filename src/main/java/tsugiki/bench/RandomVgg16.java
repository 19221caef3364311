package tsugiki.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.Vgg16;

/**
 * VGG16 up to its tenth convolution with random weights: what the perceptual loss costs, without a
 * download.
 */
final class RandomVgg16 implements FrozenNetwork {
  private final Map<String, float[]> values = new LinkedHashMap<>();

  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    return List.copyOf(new Vgg16(weights).maps(tf, images, Vgg16.Layer.CONV4_3).values());
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    throw new UnsupportedOperationException("random weights make no score");
  }

  @Override
  public void fill(Session session, Weights weights) {
    values.putAll(RandomValues.fill(session, weights));
  }

  /** What {@link #fill} has drawn, by name: {@code conv1_1/kernel} and so on. */
  Map<String, float[]> values() {
    return values;
  }

  @Override
  public String name() {
    return "vgg16-random";
  }

  @Override
  public String protocol() {
    return "none";
  }
}
