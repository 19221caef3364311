package tsugiki.single;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.Checks;
import tsugiki.single.PyramidSizes.Spacing;

/**
 * The sizes that an image is learned in.
 *
 * @param stages how many, at least 2; more keep more of the image's layout
 * @param minSize the shorter side of the first stage in pixels
 * @param maxSize the longer side of the last stage in pixels
 * @param spacing how the sizes between are spread
 */
@RecordBuilder
public record PyramidOptions(int stages, int minSize, int maxSize, Spacing spacing)
    implements PyramidOptionsBuilder.With {
  /** A discriminator scores patches of 11×11 pixels. */
  private static final int SMALLEST = 11;

  /** Checks every value. */
  public PyramidOptions {
    Checks.atLeast("stages", stages, 2);
    Checks.atLeast("minSize", minSize, SMALLEST);
    Checks.atLeast("maxSize", maxSize, SMALLEST);
    Objects.requireNonNull(spacing);
  }

  /** Six stages from 25 to 250 pixels. */
  public static PyramidOptions defaults() {
    return new PyramidOptions(6, 25, 250, Spacing.CONSINGAN);
  }

  /** The sizes that the authors give for a mode. */
  public static PyramidOptions defaults(SingleMode mode) {
    return switch (mode) {
      case HARMONIZE -> new PyramidOptions(3, 120, 250, Spacing.GEOMETRIC);
      case ANIMATE -> defaults().withMinSize(20);
      default -> defaults();
    };
  }
}
