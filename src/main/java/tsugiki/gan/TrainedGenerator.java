package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Kernels;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/**
 * The generator while it trains: constrained kernels, statistics of the batch, latent vectors of
 * its own.
 */
final class TrainedGenerator {
  private final Weights weights;
  private final PendingUpdates updates = new PendingUpdates();
  private final SpectralNorm norm = new SpectralNorm(updates);
  private final Operand<TInt64> labels;
  private final Operand<TFloat32> images;

  /**
   * Builds it.
   *
   * @param tf its scope
   * @param networks the generator to build
   * @param known gives the distribution that labels are drawn from
   */
  TrainedGenerator(
      Ops tf, GanOptions options, GanNetworks networks, Randomness random, TrainingLabels known) {
    weights = Weights.create(options.seed()).in("generator");
    labels = FakeLabels.draw(tf, random, "label", options.batch(), known);
    Operand<TFloat32> z = random.normal(tf, "z", Shape.of(options.batch(), networks.latentSize()));
    Kernels kernels = networks.spectralNorm() ? norm : Kernels.PLAIN;
    images = networks.images(tf, Layers.trained(weights, kernels, updates), z, labels);
  }

  /** The labels of the generated images [batch]. */
  Operand<TInt64> labels() {
    return labels;
  }

  /** The generated images [batch, side, side, 3] in [−1, 1]. */
  Operand<TFloat32> images() {
    return images;
  }

  /** Its weights. */
  Weights weights() {
    return weights;
  }

  /** The new values of its statistics and spectral norms. */
  PendingUpdates updates() {
    return updates;
  }

  /** The value that the average of a weight follows: the kernel under its constraint. */
  Operand<TFloat32> source(Weight average) {
    return norm.value(weights.get(average.name().substring(weights.path().length())));
  }
}
