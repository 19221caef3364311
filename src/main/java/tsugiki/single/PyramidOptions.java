package tsugiki.single;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.single.PyramidSizes.Spacing;

/**
 * The sizes that an image is learned in.
 *
 * @param stages how many, at least 2; more keep more of the image's layout. 0 for as many as the
 *     factor asks for
 * @param minSize the shorter side of the first stage in pixels
 * @param maxSize the longer side of the last stage in pixels
 * @param spacing how the sizes between are spread
 * @param scaleFactor about how large a stage is to be beside the next one, where the number of
 *     stages follows from it
 */
@RecordBuilder
public record PyramidOptions(
    int stages, int minSize, int maxSize, Spacing spacing, double scaleFactor)
    implements PyramidOptionsBuilder.With {
  /** A discriminator scores patches of 11×11 pixels. */
  private static final int SMALLEST = 11;

  /** Checks every value. */
  public PyramidOptions {
    if (stages != 0 && stages < 2) {
      throw new BadInputException(
          "⟨stages⟩ is %d; a pyramid needs a small and a full size, so give 2 or more, or 0 for as many as ⟨scaleFactor⟩ asks for"
              .formatted(stages));
    }
    Checks.size("minSize", minSize, SMALLEST);
    Checks.size("maxSize", maxSize, SMALLEST);
    Objects.requireNonNull(spacing, "spacing");
    if (!(scaleFactor > 0 && scaleFactor < 1)) {
      throw new BadInputException(
          "⟨scaleFactor⟩ is " + scaleFactor + "; give a number between 0 and 1, such as 0.75");
    }
  }

  /** Six stages from 25 to 250 pixels. */
  public static PyramidOptions defaults() {
    return new PyramidOptions(6, 25, 250, Spacing.CONSINGAN, 0.75);
  }

  /** The sizes that the authors of a method give for a mode. */
  public static PyramidOptions defaults(SingleMode mode, SingleMethod method) {
    if (method == SingleMethod.SINGAN) {
      PyramidOptions standard = new PyramidOptions(0, 25, 250, Spacing.GEOMETRIC, 0.75);
      return switch (mode) {
        case SUPER_RESOLVE -> standard.withMinSize(18).withScaleFactor(Math.cbrt(0.5));
        case ANIMATE -> standard.withMinSize(20);
        default -> standard;
      };
    }
    return switch (mode) {
      case HARMONIZE -> defaults().withStages(3).withMinSize(120).withSpacing(Spacing.GEOMETRIC);
      case ANIMATE -> defaults().withMinSize(20);
      default -> defaults();
    };
  }
}
