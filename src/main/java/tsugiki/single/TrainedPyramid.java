package tsugiki.single;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trained generator of one image, in memory.
 *
 * @param architecture how to build it
 * @param weights the generator's, by name, and the amplitudes of the noise as {@code
 *     noise/amplitude_0} and on
 */
public record TrainedPyramid(PyramidArchitecture architecture, Map<String, float[]> weights) {
  /** What is learned of a training, without the discriminator. */
  static TrainedPyramid of(PyramidArchitecture architecture, Map<String, float[]> learned) {
    Map<String, float[]> kept = new LinkedHashMap<>(learned);
    kept.keySet().removeIf(name -> name.startsWith("discriminator/"));
    return new TrainedPyramid(architecture, kept);
  }
}
