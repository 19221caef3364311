package tsugiki.single;

import io.soabase.recordbuilder.core.RecordBuilder;
import tsugiki.base.Checks;

/**
 * The networks of every stage.
 *
 * @param channels of all features
 * @param layers convolutions of a stage
 * @param slope of the leaky ReLU below zero
 * @param batchNorm whether the generator's stages normalise their features; it gives finer texture
 */
@RecordBuilder
public record StageNetworkOptions(int channels, int layers, float slope, boolean batchNorm)
    implements StageNetworkOptionsBuilder.With {
  /** Checks every value. */
  public StageNetworkOptions {
    Checks.atLeast("channels", channels, 1);
    Checks.atLeast("layers", layers, 1);
    Checks.notNegative("slope", slope);
  }

  /** 64 channels, 3 convolutions, slope 0.05, no normalisation. */
  public static StageNetworkOptions defaults() {
    return new StageNetworkOptions(64, 3, 0.05f, false);
  }

  /** The networks that the authors give for a mode. */
  public static StageNetworkOptions defaults(SingleMode mode) {
    return switch (mode) {
      case HARMONIZE -> defaults().withSlope(0.3f).withBatchNorm(true);
      case EDIT -> defaults().withBatchNorm(true);
      default -> defaults();
    };
  }
}
