package tsugiki.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.InceptionV3;
import tsugiki.model.InceptionV3.Tap;
import tsugiki.model.InceptionVariant;

/** Inception v3 with random weights: what its features cost, without a download. */
final class RandomInception implements FrozenNetwork {
  private final Tap tap;
  private final Map<String, float[]> values = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  RandomInception(Tap tap) {
    this.tap = tap;
  }

  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    throw new UnsupportedOperationException("only the features are timed");
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    Operand<TFloat32> input = InceptionVariant.FROZEN_2015.resized(tf, pixels);
    return InceptionV3.pooled(tf, new InceptionV3(weights).maps(tf, input, tap).get(tap));
  }

  @Override
  public void fill(Session session, Weights weights) {
    values.putAll(RandomValues.fill(session, weights));
    for (Weight weight : weights.all()) {
      shapes.put(weight.name().substring(weights.path().length()), weight.shape());
    }
  }

  /** What {@link #fill} has drawn, by name: {@code conv/kernel} and so on. */
  Map<String, float[]> values() {
    return values;
  }

  /** The shape of one of them. */
  Shape shape(String name) {
    return shapes.get(name);
  }

  @Override
  public String name() {
    return "inception-random";
  }

  @Override
  public String protocol() {
    return "none";
  }
}
