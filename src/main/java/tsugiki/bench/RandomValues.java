package tsugiki.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import tsugiki.graph.Randomness;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.runtime.WeightValues;

/**
 * Random weights for networks that are only timed: drawn so that the maps keep their size from
 * layer to layer, by name, so that the same weight is the same in every run.
 */
final class RandomValues {
  private static final double RELU_GAIN = 2;
  private static final double BIAS_DEVIATION = 0.05;

  private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private RandomValues() {}

  /**
   * Fills a network of convolutions, biases and ReLUs with what keeps the size of its maps (He et
   * al. 2015).
   *
   * @return what was drawn, by the names below the network's place, such as {@code conv/kernel}
   */
  static Map<String, float[]> fill(Session session, Weights weights) {
    Map<String, float[]> drawn = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      float[] value =
          weight.name().endsWith("/kernel")
              ? kernel(weight.name(), weight.shape(), RELU_GAIN)
              : normal(weight.name(), weight.shape(), 0, BIAS_DEVIATION);
      WeightValues.set(session, weight, value);
      drawn.put(weight.name().substring(weights.path().length()), value);
    }
    return drawn;
  }

  /**
   * A weight of a generator or of a graft.
   *
   * @param first its first value, where that is known; what a graft adds keeps it, but for the
   *     layers' dense kernels, whose zeros would hide that W depends on z
   */
  static float[] graft(Weight weight, float[] first) {
    String name = weight.name();
    if (name.startsWith("graft/") && !name.endsWith("/kernel") && !name.endsWith("class_vector")) {
      return first;
    }
    if (name.startsWith("graft/")) {
      return normal(name, weight.shape(), 0, name.endsWith("/kernel") ? 0.01 : 0.1);
    }
    if (name.endsWith("/kernel")) {
      boolean conditional = name.endsWith("/gain/kernel") || name.endsWith("/bias/kernel");
      return kernel(name, weight.shape(), conditional ? 0.1 : 1);
    }
    return switch (name.substring(name.lastIndexOf('/') + 1)) {
      case "gamma" -> normal(name, weight.shape(), 0.5, 0); // 0 would hide the attention.
      case "variance", "gain" -> normal(name, weight.shape(), 1, 0.1);
      default -> normal(name, weight.shape(), 0, 0.1);
    };
  }

  /** The class vectors of a generator [classes, embedding] in row-major order. */
  static float[] classes(BigGanArchitecture architecture) {
    Shape shape = Shape.of(architecture.classes(), architecture.embedding());
    return normal("classes", shape, 0, 0.1);
  }

  /**
   * A kernel [..., in, out] with the variance {@code gain} over the number of inputs of an output.
   */
  static float[] kernel(String name, Shape shape, double gain) {
    long out = shape.get(shape.numDimensions() - 1);
    return normal(name, shape, 0, Math.sqrt(gain * out / shape.size()));
  }

  /** Draws from a normal distribution. */
  static float[] normal(String name, Shape shape, double mean, double deviation) {
    RandomGenerator random = GENERATORS.create(Randomness.mix(0, name));
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return values;
  }
}
