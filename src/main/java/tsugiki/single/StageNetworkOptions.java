package tsugiki.single;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.google.common.primitives.Floats;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.Checks;
import tsugiki.graph.Activation;
import tsugiki.graph.ActivationChoice;
import tsugiki.graph.ActivationChoice.Kind;

/**
 * The networks of every stage.
 *
 * @param channels of all features; with SinGAN those of the first four stages
 * @param layers convolutions of a stage
 * @param activation after every convolution but the last, an {@link ActivationChoice}; a number
 *     alone, as older versions wrote it, is the slope of a leaky ReLU
 * @param batchNorm whether the generator normalises its features after every convolution but the
 *     last; it gives finer texture. With SinGAN the discriminators do too
 */
@RecordBuilder
public record StageNetworkOptions(
    int channels, int layers, @JsonAlias("slope") String activation, boolean batchNorm)
    implements StageNetworkOptionsBuilder.With {
  /** Checks every value. */
  public StageNetworkOptions {
    Objects.requireNonNull(activation, "activation");
    Checks.size("channels", channels, 1);
    Checks.parts("layers", layers, 1);
    activation = choice(activation).toString();
  }

  private static ActivationChoice choice(String text) {
    boolean slope = Floats.tryParse(text) != null;
    return ActivationChoice.parse("activation", slope ? Kind.LRELU + ":" + text : text);
  }

  /** 64 channels, 3 convolutions, a leaky ReLU of slope 0.05, no normalisation. */
  public static StageNetworkOptions standard() {
    return new StageNetworkOptions(64, 3, "lrelu:0.05", false);
  }

  /** The networks that the authors of a method give for a mode. */
  public static StageNetworkOptions defaults(SingleMode mode, SingleMethod method) {
    if (method == SingleMethod.SINGAN) {
      return new StageNetworkOptions(32, 5, "lrelu:0.2", true);
    }
    return switch (mode) {
      case HARMONIZE -> standard().withActivation("lrelu:0.3").withBatchNorm(true);
      case EDIT -> standard().withBatchNorm(true);
      default -> standard();
    };
  }

  /** The function; each call is one of its own. */
  Activation function() {
    return choice(activation).activation();
  }
}
