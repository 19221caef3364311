package tsugiki.graft;

import java.util.Objects;
import tsugiki.base.Checks;

/**
 * How a graft learns. Whatever is null takes its default when the record is made. The rates are the
 * reference's (Noguchi and Harada 2019).
 *
 * @param steps steps of the optimiser; 1,000
 * @param batch images a step; with fewer images than this, all of them; 8
 * @param layerRate learning rate of the layers and of the first map's scale and shift; 5·10⁻⁴
 * @param latentRate learning rate of the latent vectors; 0.05
 * @param embeddingRate learning rate of the class vector; 10⁻³
 * @param decayEvery steps after which every rate is multiplied by {@code decay}; 3,000
 * @param decay the factor; 0.2
 * @param noise the deviation of the noise added to a latent vector; 0.01
 * @param seed of all that is random; 0
 */
public record LearningOptions(
    Long steps,
    Integer batch,
    Float layerRate,
    Float latentRate,
    Float embeddingRate,
    Long decayEvery,
    Float decay,
    Float noise,
    Long seed) {

  /** Fills in the defaults and checks every value. */
  public LearningOptions {
    steps = Objects.requireNonNullElse(steps, 1_000L);
    batch = Objects.requireNonNullElse(batch, 8);
    layerRate = Objects.requireNonNullElse(layerRate, 5e-4f);
    latentRate = Objects.requireNonNullElse(latentRate, 0.05f);
    embeddingRate = Objects.requireNonNullElse(embeddingRate, 1e-3f);
    decayEvery = Objects.requireNonNullElse(decayEvery, 3_000L);
    decay = Objects.requireNonNullElse(decay, 0.2f);
    noise = Objects.requireNonNullElse(noise, 0.01f);
    seed = Objects.requireNonNullElse(seed, 0L);
    Checks.atLeast("steps", steps, 1);
    Checks.atLeast("batch", batch, 1);
    Checks.positive("layerRate", layerRate);
    Checks.positive("latentRate", latentRate);
    Checks.positive("embeddingRate", embeddingRate);
    Checks.atLeast("decayEvery", decayEvery, 1);
    Checks.positive("decay", decay);
    Checks.notNegative("noise", noise);
  }

  /** The factor on every learning rate at a step. */
  double rateFactor(long step) {
    return Math.pow(decay, step / decayEvery);
  }
}
