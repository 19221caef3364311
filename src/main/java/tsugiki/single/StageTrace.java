package tsugiki.single;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;

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
  /**
   * Computes it; the step is not carried out.
   *
   * @param step of the stage, from 0
   */
  static StageTrace of(StageGraph graph, long step) {
    Session session = graph.session();
    long update = step * graph.discriminatorSteps();
    graph.images().begin(session, step, Map.of());
    graph.images().ready(session, update);
    Map<String, float[]> d = graph.steps().discriminator().trace(session, update, Map.of());
    Map<String, float[]> g = graph.steps().generator().trace(session, step, Map.of());
    List<Input> inputs = noise(graph, step);
    for (Weight weight : graph.weights().in(StageGraph.NOISE).all()) {
      String name = weight.name().substring(StageGraph.NOISE.length() + 1);
      if (!name.startsWith("amplitude")) {
        inputs.add(new Input(name, weight.shape(), WeightValues.get(session, weight)));
      }
    }
    inputs.add(new Input("share", Shape.of(1, 1, 1, 1), d.get("share")));
    Map<String, Double> loss = new LinkedHashMap<>();
    loss.put("loss_d", (double) d.get("loss_d")[0]);
    loss.put("gradient_penalty", (double) d.get("gradient_penalty")[0]);
    for (String term : List.of("loss_g", "adversarial", StageSteps.RECONSTRUCTION)) {
      loss.put(term, (double) g.get(term)[0]);
    }
    return new StageTrace(inputs, loss, Map.of("discriminator", norm(d), "generator", norm(g)));
  }

  /** The random maps of a step. */
  private static List<Input> noise(StageGraph graph, long step) {
    List<Input> noise = new ArrayList<>();
    List<Operand<TFloat32>> maps = graph.images().noise();
    try (TInt64 key = TInt64.scalarOf(step)) {
      Session.Runner runner = graph.session().runner().feed(graph.inputs().random().step(), key);
      maps.forEach(runner::fetch);
      try (Result result = runner.run()) {
        for (int below = 0; below < maps.size(); below++) {
          float[] values = Tensors.toFloats((TFloat32) result.get(below));
          noise.add(new Input("noise_" + below, maps.get(below).shape(), values));
        }
      }
    }
    return noise;
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
