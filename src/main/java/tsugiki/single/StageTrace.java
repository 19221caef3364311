package tsugiki.single;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * What an iteration of a stage begins with, before any update, for another program to compute too.
 *
 * @param inputs the maps {@code noise_0} and on, {@code fixed_0} and on, {@code real}, {@code fake}
 *     and {@code share}
 * @param loss {@code loss_d}, {@code gradient_penalty}, {@code loss_g}, {@code adversarial} and
 *     {@code reconstruction}
 * @param gradientNorms of the {@code discriminator} and the {@code generator}
 */
public record StageTrace(
    List<Input> inputs, Map<String, Double> loss, Map<String, Double> gradientNorms) {
  static StageTrace of(
      List<Input> inputs, Map<String, float[]> discriminator, Map<String, float[]> generator) {
    Map<String, Double> loss = new LinkedHashMap<>();
    loss.put("loss_d", (double) discriminator.get("loss_d")[0]);
    loss.put("gradient_penalty", (double) discriminator.get("gradient_penalty")[0]);
    for (String term : List.of("loss_g", "adversarial", StageSteps.RECONSTRUCTION)) {
      loss.put(term, (double) generator.get(term)[0]);
    }
    return new StageTrace(
        inputs, loss, Map.of("discriminator", norm(discriminator), "generator", norm(generator)));
  }

  /** The length of all gradients together. */
  private static double norm(Map<String, float[]> traced) {
    double squares = 0;
    for (Map.Entry<String, float[]> entry : traced.entrySet()) {
      if (entry.getKey().startsWith("gradient/")) {
        for (float value : entry.getValue()) {
          squares += (double) value * value;
        }
      }
    }
    return Math.sqrt(squares);
  }

  /**
   * An array.
   *
   * @param values row-major
   */
  public record Input(String name, Shape shape, float[] values) {}
}
