package tsugiki.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Gradients;
import tsugiki.graph.Weight;

/**
 * The gradients of one step, by weight, before an optimiser applies them. Whoever stands between
 * the two, such as the mean over replicas, makes another {@code StepGradients} of them.
 */
public final class StepGradients {
  private final Map<Weight, Operand<TFloat32>> gradients;

  private StepGradients(Map<Weight, Operand<TFloat32>> gradients) {
    this.gradients = gradients;
  }

  /**
   * The gradients of a loss.
   *
   * @param tf the scope that the nodes lie in
   * @param loss a scalar
   * @param weights what to derive it by
   * @throws IllegalArgumentException if the loss does not depend on one of them
   */
  public static StepGradients of(Ops tf, Operand<TFloat32> loss, List<Weight> weights) {
    List<Operand<TFloat32>> found =
        Gradients.of(tf, loss, weights.stream().map(Weight::variable).toList());
    Map<Weight, Operand<TFloat32>> gradients = new LinkedHashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      gradients.put(weights.get(i), found.get(i));
    }
    return new StepGradients(gradients);
  }

  /** Gradients that were computed elsewhere. */
  static StepGradients of(Map<Weight, Operand<TFloat32>> gradients) {
    return new StepGradients(new LinkedHashMap<>(gradients));
  }

  /**
   * The gradient of a weight.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Operand<TFloat32> of(Weight weight) {
    Operand<TFloat32> gradient = gradients.get(weight);
    if (gradient == null) {
      throw new IllegalArgumentException("there is no gradient of " + weight.name());
    }
    return gradient;
  }

  /**
   * These gradients and those of another loss by other weights, for a step in which networks follow
   * losses of their own.
   *
   * @throws IllegalArgumentException if both have one of the weights
   */
  public StepGradients and(StepGradients other) {
    Map<Weight, Operand<TFloat32>> both = new LinkedHashMap<>(gradients);
    other.gradients.forEach(
        (weight, gradient) -> {
          if (both.put(weight, gradient) != null) {
            throw new IllegalArgumentException("there are two gradients of " + weight.name());
          }
        });
    return new StepGradients(both);
  }

  /** The weights, in the order in which the gradients were built. */
  public List<Weight> weights() {
    return List.copyOf(gradients.keySet());
  }

  /** Each gradient as it is after a change of its value, such as its mean over replicas. */
  StepGradients each(UnaryOperator<Operand<TFloat32>> change) {
    Map<Weight, Operand<TFloat32>> changed = new LinkedHashMap<>();
    gradients.forEach((weight, gradient) -> changed.put(weight, change.apply(gradient)));
    return new StepGradients(changed);
  }
}
