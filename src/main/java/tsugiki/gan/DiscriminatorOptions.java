package tsugiki.gan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.pretrained.FrozenNetworks;

/**
 * Which discriminator a GAN has. {@link #defaults()} has the defaults.
 *
 * @param kind the recipe's own, or a projected one
 * @param projector the frozen network of a projected discriminator, by name; empty with the
 *     recipe's own
 * @param projectorSide images are resized to this many pixels before it; 0 leaves them as they are
 * @param projectionWidth channels of the projected discriminator's heads
 * @param nativeWidth channels of a small discriminator of the images at their own resolution beside
 *     the projected one; 0 for none
 * @param freezeD how many of the first layers or blocks of the recipe's own discriminator keep the
 *     weights that a transfer begins with (FreezeD, Mo et al. 2020); 0 trains all
 */
@RecordBuilder
public record DiscriminatorOptions(
    DiscriminatorKind kind,
    String projector,
    int projectorSide,
    int projectionWidth,
    int nativeWidth,
    int freezeD)
    implements DiscriminatorOptionsBuilder.With {

  private static final int UNCHANGED = 0;
  private static final int WIDTH = 64;

  /** Checks every value. */
  public DiscriminatorOptions {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(projector, "projector");
    projector = NetworkName.absolute(projector);
    Checks.size("projectorSide", projectorSide, 0);
    Checks.size("projectionWidth", projectionWidth, 1);
    Checks.size("nativeWidth", nativeWidth, 0);
    Checks.atLeast("freezeD", freezeD, 0);
    if (kind == DiscriminatorKind.PROJECTED && freezeD > 0) {
      throw new BadInputException(
          "⟨freezeD⟩ is for ⟨discriminator⟩ own, and a projected one has frozen features as it is; leave one out");
    }
    if (kind == DiscriminatorKind.OWN && nativeWidth > 0) {
      throw new BadInputException(
          "⟨nativeWidth⟩ is for ⟨discriminator⟩ projected; add that or leave it out");
    }
    if (kind == DiscriminatorKind.PROJECTED && projector.isEmpty()) {
      throw new BadInputException(
          "⟨discriminator⟩ projected needs a frozen network; name it with ⟨projector⟩: "
              + FrozenNetworks.NAMES);
    }
    if (kind == DiscriminatorKind.OWN && !projector.isEmpty()) {
      throw new BadInputException(
          "⟨projector⟩ "
              + projector
              + " is for ⟨discriminator⟩ projected; add that or leave it out");
    }
  }

  /** The recipe's own discriminator. */
  public static DiscriminatorOptions defaults() {
    return new DiscriminatorOptions(DiscriminatorKind.OWN, "", UNCHANGED, WIDTH, 0, 0);
  }

  /** A projected discriminator on a frozen network. */
  public static DiscriminatorOptions projected(String projector) {
    return new DiscriminatorOptions(DiscriminatorKind.PROJECTED, projector, UNCHANGED, WIDTH, 0, 0);
  }

  /** Whether it is a projected one. */
  public boolean projected() {
    return kind == DiscriminatorKind.PROJECTED;
  }
}
