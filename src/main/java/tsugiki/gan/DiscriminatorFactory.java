package tsugiki.gan;

import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weights;

/** Makes a discriminator in the graph of a training. */
@FunctionalInterface
public interface DiscriminatorFactory {
  /**
   * Makes it.
   *
   * @param weights where its variables are
   * @param kernels the constraint on its kernels
   */
  Discriminator create(Weights weights, SpectralNorm kernels);
}
