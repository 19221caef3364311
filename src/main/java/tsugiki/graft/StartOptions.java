package tsugiki.graft;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.Checks;

/**
 * Where a graft starts.
 *
 * @param latentStart where the latent vectors of the training images start
 * @param projectionSteps steps of their projection, where they start at one
 * @param classStart where the class vector starts
 */
@RecordBuilder
public record StartOptions(LatentStart latentStart, long projectionSteps, ClassStart classStart)
    implements StartOptionsBuilder.With {

  /** Checks every value. */
  public StartOptions {
    Objects.requireNonNull(latentStart);
    Checks.atLeast("projectionSteps", projectionSteps, 1);
    Objects.requireNonNull(classStart);
  }

  /** The defaults. */
  public static StartOptions defaults() {
    return new StartOptions(LatentStart.NORMAL, 100, ClassStart.MEAN);
  }
}
