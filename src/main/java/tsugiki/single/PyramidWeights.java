package tsugiki.single;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.WeightValues;

/** The weights of a trained pyramid in the graphs that draw with it. */
final class PyramidWeights {
  private PyramidWeights() {}

  /** The factor on the noise of a stage, a scalar. */
  static Operand<TFloat32> amplitude(Ops tf, Weights weights, int stage) {
    return weights
        .in(StageGraph.NOISE)
        .untrained(tf, "amplitude_" + stage, Shape.scalar(), Initializer.zeros());
  }

  /**
   * Fills a graph.
   *
   * @param values by name; those that the graph has no weight for are left out
   * @throws BadInputException if one is missing
   */
  static void fill(Session session, Weights weights, Map<String, float[]> values) {
    Map<Weight, float[]> filled = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      float[] value = values.get(weight.name());
      if (value == null) {
        throw new BadInputException(
            "the pyramid has no weight %s: an older version has trained it; train it again"
                .formatted(weight.name()));
      }
      filled.put(weight, value);
    }
    WeightValues.set(session, filled);
  }
}
