package tsugiki.train;

import java.util.List;
import tsugiki.graph.Weight;

/**
 * Weights that are trained alike.
 *
 * @param weights what is trained
 * @param optimiser how gradients change them
 * @param rate their learning rate
 */
public record WeightGroup(List<Weight> weights, Optimiser optimiser, Schedule rate) {
  /** Copies the list. */
  public WeightGroup {
    weights = List.copyOf(weights);
  }
}
