package tsugiki.graft;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Randomness;
import tsugiki.loss.LatentPrior;
import tsugiki.loss.MomentPrior;
import tsugiki.loss.SlicedPrior;

/**
 * The term of a graft's loss for its latent vectors. The reference's takes the vectors of a batch
 * and N(0, 1); the others take the vectors of all images and the distribution that samples are
 * drawn from, N(0, 1) cut at the truncation.
 *
 * @param value a scalar
 * @param samples what the vectors were compared with [S, D], where it was drawn
 */
record LatentTerm(Operand<TFloat32> value, Optional<Operand<TFloat32>> samples) {
  /** Fresh samples per latent vector, as the reference has them. */
  private static final long SAMPLES_PER_LATENT = 10;

  /** The most samples that the sliced prior sorts, one per latent vector at least. */
  private static final long MOST_SAMPLES = 10_000;

  /** Directions per step, for the sliced prior. */
  private static final long SLICES = 64;

  /**
   * Builds it.
   *
   * @param batch the latent vectors of a step's images [B, D], without the training noise
   * @param all those of all images [n, D]
   */
  static LatentTerm of(
      Ops tf,
      GraftOptions options,
      Randomness random,
      Operand<TFloat32> batch,
      Operand<TFloat32> all) {
    double cut = options.watch().truncation();
    return switch (options.loss().latentPrior()) {
      case REFERENCE -> {
        Shape shape = Shape.of(SAMPLES_PER_LATENT * batch.shape().get(0), batch.shape().get(1));
        Operand<TFloat32> samples = random.normal(tf, "prior", shape);
        yield new LatentTerm(LatentPrior.apply(tf, batch, samples), Optional.of(samples));
      }
      case MOMENTS ->
          new LatentTerm(
              MomentPrior.apply(tf, tf.identity(all), (float) deviation(cut)), Optional.empty());
      case SLICED -> {
        long count = all.shape().get(0);
        long width = all.shape().get(1);
        long each = Math.max(1, Math.min(SAMPLES_PER_LATENT, MOST_SAMPLES / count));
        Operand<TFloat32> samples =
            random.cutNormal(tf, "prior", Shape.of(each * count, width), cut);
        Operand<TFloat32> directions = random.normal(tf, "slices", Shape.of(SLICES, width));
        yield new LatentTerm(
            SlicedPrior.apply(tf, tf.identity(all), samples, directions), Optional.of(samples));
      }
    };
  }

  /** The standard deviation of N(0, 1) cut at ±{@code cut}. */
  static double deviation(double cut) {
    return Math.sqrt(TruncatedNormalDistribution.of(0, 1, -cut, cut).getVariance());
  }
}
