package tsugiki.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * The shape of a class-conditional generator: what has to be known to build it again from its
 * weights, with or without layers at its normalisations.
 */
public sealed interface GeneratorArchitecture permits BigGanArchitecture, BigGanDeepArchitecture {

  /** A generator that is built into a graph. */
  @FunctionalInterface
  interface Network {
    /**
     * Draws images.
     *
     * @param z latent vectors [N, latent]
     * @param y class vectors [N, embedding]
     * @return images [N, size, size, 3] in (−1, 1)
     */
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z, Operand<TFloat32> y);
  }

  /** The image's side in pixels. */
  int size();

  /** The base number of channels, ch. */
  int channels();

  /** Channels over ch: of the first map, then after each doubling. */
  List<Integer> generatorMultipliers();

  /** The length of z. */
  int latent();

  /** The length of a class's vector. */
  int embedding();

  /** The number of classes. */
  int classes();

  /** The resolution with self-attention, or 0. */
  int attention();

  /** Added to the variance in batch normalisation. */
  float epsilon();

  /**
   * How many sets of statistics each batch normalisation holds: several for truncations that are
   * equally far apart, from 0 to 1, or one for all.
   */
  default int statistics() {
    return 1;
  }

  /** The same network with one set of statistics. */
  default GeneratorArchitecture withOneStatistics() {
    return this;
  }

  /** The channel counts at the normalisation sites, in the order in which an image passes them. */
  List<Integer> siteChannels();

  /**
   * The generator.
   *
   * @param weights where its variables are
   * @param kernels the constraint on its kernels: spectral normalisation while it trains, none in a
   *     frozen copy
   * @param norm the kind of statistics
   * @param hook what is added at its sites
   */
  Network generator(Weights weights, Kernels kernels, BatchNorm.Settings norm, GeneratorHook hook);
}
