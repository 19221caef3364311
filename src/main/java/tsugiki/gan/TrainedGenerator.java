package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanGenerator;

/** The generator as it is trained: spectral norms, statistics of the batch, latents of its own. */
final class TrainedGenerator {
  private final Weights weights;
  private final PendingUpdates updates = new PendingUpdates();
  private final SpectralNorm kernels = new SpectralNorm(updates);
  private final Operand<TInt64> labels;
  private final Operand<TFloat32> images;

  /**
   * Builds it.
   *
   * @param tf its scope
   * @param known whose distribution the labels are drawn from
   */
  TrainedGenerator(
      Ops tf,
      GanOptions options,
      BigGanArchitecture architecture,
      Randomness random,
      TrainingLabels known) {
    weights = Weights.create(options.seed()).in("generator");
    labels = FakeLabels.draw(tf, random, "label", options.batch(), known);
    Operand<TFloat32> z = random.normal(tf, "z", Shape.of(options.batch(), architecture.latent()));
    BatchNorm.Settings norm = BatchNorm.Settings.batch(architecture.epsilon(), updates);
    images =
        new BigGanGenerator(architecture, weights, kernels, norm)
            .apply(tf, z, AveragedGenerator.embed(tf, weights, architecture, labels));
  }

  /** The classes that it was asked for [batch]. */
  Operand<TInt64> labels() {
    return labels;
  }

  /** What it draws [batch, side, side, 3] in [−1, 1]. */
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

  /** What the average of a weight follows: the kernel that the network multiplies by. */
  Operand<TFloat32> source(Weight average) {
    return kernels.value(weights.get(average.name().substring(weights.path().length())));
  }
}
