package tsugiki.graft;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.train.Execution;

/**
 * How an image's latent vector is found.
 *
 * @param steps of the search
 * @param starts latent vectors that are searched from at once; the best one is the result
 * @param candidates random latent vectors that the starts are chosen from, beside those that the
 *     model learned with its training images
 * @param rate the learning rate at the start; it falls to a twentieth along a half cosine
 * @param perceptual the network of the perceptual loss by name
 * @param perceptualWeight the factor on the perceptual loss
 * @param sizeWeight the factor on the mean square of the latent vector, which keeps it where
 *     samples are drawn from
 * @param seed of the candidates
 * @param execution where it runs
 */
@RecordBuilder
public record InversionOptions(
    long steps,
    int starts,
    int candidates,
    float rate,
    String perceptual,
    float perceptualWeight,
    float sizeWeight,
    long seed,
    Execution execution)
    implements InversionOptionsBuilder.With {

  /** Checks every value. */
  public InversionOptions {
    Objects.requireNonNull(perceptual, "perceptual");
    Checks.steps("steps", steps, 0);
    Checks.parts("starts", starts, 1);
    Checks.positive("rate", rate);
    perceptual = NetworkName.absolute(perceptual);
    Checks.notNegative("perceptualWeight", perceptualWeight);
    Checks.notNegative("sizeWeight", sizeWeight);
    Objects.requireNonNull(execution, "execution");
    if (candidates < starts) {
      throw new BadInputException(
          "⟨candidates⟩ is %d and ⟨starts⟩ is %d; give at least as many candidates"
              .formatted(candidates, starts));
    }
  }

  /** The defaults. */
  public static InversionOptions defaults(Execution execution) {
    return new InversionOptions(300, 4, 64, 0.1f, "starter", 1, 0.01f, 0, execution);
  }
}
