package tsugiki.graft;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.Checks;

/**
 * How a graft learns. The default rates are the reference's (Noguchi and Harada 2019).
 *
 * @param steps steps of the optimiser
 * @param batch images per part of a step; with fewer images than this, all of them
 * @param accumulate parts of a step, whose gradients are averaged: a batch so many times as large.
 *     Normalisations have stored statistics, so that the gradients are those of the large batch
 * @param layerRate learning rate of the layers and of the first map's scale and shift
 * @param latentRate learning rate of the latent vectors
 * @param embeddingRate learning rate of the class vector; 0 leaves it where it starts
 * @param schedule how every rate falls
 * @param decayEvery steps after which every rate is multiplied by {@code decay}, where it falls in
 *     stairs
 * @param decay the factor
 * @param noise the deviation of the noise added to a latent vector
 * @param start where the latent vectors and the class vector start
 * @param seed of all that is random
 */
@RecordBuilder
public record LearningOptions(
    long steps,
    int batch,
    int accumulate,
    float layerRate,
    float latentRate,
    float embeddingRate,
    RateFall schedule,
    long decayEvery,
    float decay,
    float noise,
    StartOptions start,
    long seed)
    implements LearningOptionsBuilder.With {

  /** Checks every value. */
  public LearningOptions {
    Checks.steps("steps", steps, 1);
    Checks.size("batch", batch, 1);
    Checks.size("accumulate", accumulate, 1);
    Checks.product("batch", batch, "accumulate", accumulate);
    Checks.positive("layerRate", layerRate);
    Checks.positive("latentRate", latentRate);
    Checks.notNegative("embeddingRate", embeddingRate);
    Objects.requireNonNull(schedule, "schedule");
    Checks.atLeast("decayEvery", decayEvery, 1);
    Checks.positive("decay", decay);
    Checks.notNegative("noise", noise);
    Objects.requireNonNull(start, "start");
  }

  /** The defaults. */
  public static LearningOptions defaults() {
    return new LearningOptions(
        1_000,
        8,
        1,
        5e-4f,
        0.05f,
        1e-3f,
        RateFall.STEPS,
        3_000,
        0.2f,
        0.01f,
        StartOptions.defaults(),
        0);
  }
}
