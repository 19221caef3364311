package tsugiki.gan;

import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.pretrained.FrozenNetworks;

/**
 * What judges the images. Whatever is null takes its default when the record is made.
 *
 * @param kind which discriminator; BigGAN's own
 * @param projector the frozen network that a projected discriminator looks through, as {@code
 *     --network} names it; empty with BigGAN's own
 * @param projectorSide images are resized to this many pixels before it; 0 leaves them as they are
 * @param projectionWidth channels of the projected discriminator's heads; 64
 */
public record DiscriminatorOptions(
    DiscriminatorKind kind, String projector, Integer projectorSide, Integer projectionWidth) {

  /** Fills in the defaults and checks every value. */
  public DiscriminatorOptions {
    kind = Objects.requireNonNullElse(kind, DiscriminatorKind.BIGGAN);
    projector = Objects.requireNonNullElse(projector, "");
    projectorSide = Objects.requireNonNullElse(projectorSide, 0);
    projectionWidth = Objects.requireNonNullElse(projectionWidth, 64);
    Checks.atLeast("projectorSide", projectorSide, 0);
    Checks.atLeast("projectionWidth", projectionWidth, 1);
    if (kind == DiscriminatorKind.PROJECTED && projector.isEmpty()) {
      throw new BadInputException(
          "⟨discriminator⟩ projected looks through a frozen network; name it with ⟨projector⟩: "
              + FrozenNetworks.NAMES);
    }
    if (kind == DiscriminatorKind.BIGGAN && !projector.isEmpty()) {
      throw new BadInputException(
          "⟨projector⟩ "
              + projector
              + " is for ⟨discriminator⟩ projected; add that or leave it out");
    }
  }
}
