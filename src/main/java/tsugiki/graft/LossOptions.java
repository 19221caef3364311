package tsugiki.graft;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;

/**
 * The weights of a graft's loss.
 *
 * @param perceptual the network of the perceptual loss by name, such as {@code starter}
 * @param perceptualWeight the factor on the perceptual loss. With Caffe's VGG16 every term has the
 *     reference's 0.001 already; with other networks, which it does not fit, the terms are balanced
 *     so that their sum is 1 at latent vectors from N(0, 1) and the mean of the classes, before
 *     {@link StartOptions} moves either
 * @param latentPrior what keeps the latent vectors where samples are drawn
 * @param priorWeight the factor on the latent prior
 * @param embeddingWeight the factor on the mean square of the class vector
 */
@RecordBuilder
public record LossOptions(
    String perceptual,
    float perceptualWeight,
    PriorKind latentPrior,
    float priorWeight,
    float embeddingWeight)
    implements LossOptionsBuilder.With {

  /** Checks every value. */
  public LossOptions {
    Objects.requireNonNull(perceptual, "perceptual");
    perceptual = NetworkName.absolute(perceptual);
    Objects.requireNonNull(latentPrior, "latentPrior");
    Checks.notNegative("perceptualWeight", perceptualWeight);
    Checks.notNegative("priorWeight", priorWeight);
    Checks.notNegative("embeddingWeight", embeddingWeight);
  }

  /** The defaults. */
  public static LossOptions defaults() {
    return new LossOptions("starter", 1, PriorKind.REFERENCE, 0.1f, 0.02f);
  }
}
