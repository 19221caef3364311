package tsugiki.graft;

import java.util.Objects;
import tsugiki.base.Checks;

/**
 * The weights of a graft's loss. Whatever is null takes its default when the record is made.
 *
 * @param perceptual the network of the perceptual loss, as {@code --perceptual} names it; {@code
 *     starter}
 * @param perceptualWeight the factor on the perceptual loss. With Caffe's VGG16 every term has the
 *     reference's 0.001 already; with other networks, which it does not fit, the terms are balanced
 *     so that their sum is 1 at the start; 1
 * @param priorWeight the factor on the latent prior; 0.1
 * @param embeddingWeight the factor on the mean square of the class vector; 0.02
 */
public record LossOptions(
    String perceptual, Float perceptualWeight, Float priorWeight, Float embeddingWeight) {

  /** Fills in the defaults and checks every value. */
  public LossOptions {
    perceptual = Objects.requireNonNullElse(perceptual, "starter");
    perceptualWeight = Objects.requireNonNullElse(perceptualWeight, 1f);
    priorWeight = Objects.requireNonNullElse(priorWeight, 0.1f);
    embeddingWeight = Objects.requireNonNullElse(embeddingWeight, 0.02f);
    Checks.notNegative("perceptualWeight", perceptualWeight);
    Checks.notNegative("priorWeight", priorWeight);
    Checks.notNegative("embeddingWeight", embeddingWeight);
  }
}
