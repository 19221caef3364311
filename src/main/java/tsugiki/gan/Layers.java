package tsugiki.gan;

import tsugiki.graph.BatchNorm;
import tsugiki.graph.Kernels;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weights;

/**
 * What a network builds its layers from. A training builds the same network several times: to train
 * it, to sum its standing statistics, and as it is served; the three differ in these parts alone.
 *
 * @param weights where the network's variables are
 * @param kernels the constraint on kernels, such as spectral normalisation
 * @param statistics where batch normalisation takes its statistics from
 */
public record Layers(Weights weights, Kernels kernels, Statistics statistics) {
  /** The statistics of batch normalisation, for a network that brings its own ε. */
  @FunctionalInterface
  public interface Statistics {
    /**
     * The settings of a normalisation layer.
     *
     * @param epsilon added to the variance
     */
    BatchNorm.Settings settings(float epsilon);
  }

  /** Layers that train: statistics of the batch, whose running values go into {@code updates}. */
  public static Layers trained(Weights weights, Kernels kernels, PendingUpdates updates) {
    return new Layers(weights, kernels, epsilon -> BatchNorm.Settings.batch(epsilon, updates));
  }

  /** Layers whose statistics are summed over batches; kernels are as they are stored. */
  static Layers accumulating(Weights weights, PendingUpdates sums) {
    return new Layers(
        weights, Kernels.PLAIN, epsilon -> BatchNorm.Settings.accumulate(epsilon, sums));
  }

  /** Layers as they are served: stored statistics, plain kernels. */
  public static Layers served(Weights weights) {
    return new Layers(weights, Kernels.PLAIN, BatchNorm.Settings::stored);
  }
}
