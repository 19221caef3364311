package tsugiki.gan;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.augment.Augmentation;
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
  private final Optional<Operand<TFloat32>> neighbours;

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
    neighbours =
        options.augment().contains(Augmentation.ZCR)
            ? Optional.of(neighbours(tf.withSubScope("Neighbours"), options, networks, random, z))
            : Optional.empty();
  }

  private Operand<TFloat32> neighbours(
      Ops tf, GanOptions options, GanNetworks networks, Randomness random, Operand<TFloat32> z) {
    Operand<TFloat32> noise =
        random.normal(tf, "z noise", Shape.of(options.batch(), networks.latentSize()));
    Operand<TFloat32> near =
        tf.math.add(z, tf.math.mul(noise, tf.constant(options.augmentation().latentNoise())));
    Kernels kernels = networks.spectralNorm() ? norm : Kernels.PLAIN;
    // Running statistics follow the images themselves alone.
    Layers layers = Layers.trained(weights, kernels, new PendingUpdates());
    return networks.images(tf, layers, near, labels);
  }

  /** Images of latent vectors close to those of {@link #images}, where zCR wants them. */
  Optional<Operand<TFloat32>> neighbours() {
    return neighbours;
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
