package tsugiki.gan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import java.util.regex.Pattern;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.OptionalPath;

/**
 * Whether a training of a GAN is judged by images that it does not see, and ended by them. {@link
 * #defaults()} has the defaults.
 *
 * @param holdOut the images that only scores see: a share of the data such as {@code 10%}, or
 *     another folder or zip; empty for none. With them the generator of the best score is kept
 * @param stopAfter the scores without a better one after which the training ends; 0 for never
 */
@RecordBuilder
public record StoppingOptions(String holdOut, int stopAfter)
    implements StoppingOptionsBuilder.With {

  private static final Pattern PERCENT = Pattern.compile("\\d+(\\.\\d+)?%");

  /** Checks the values. */
  public StoppingOptions {
    Objects.requireNonNull(holdOut, "holdOut");
    if (!holdOut.isEmpty() && !isShare(holdOut)) {
      // A run is resumed from anywhere.
      holdOut = OptionalPath.absolute(holdOut);
    }
    Checks.atLeast("stopAfter", stopAfter, 0);
    if (isShare(holdOut) && !(share(holdOut) > 0 && share(holdOut) < 1)) {
      throw new BadInputException("⟨holdOut⟩ is " + holdOut + "; give above 0% and below 100%");
    }
    if (stopAfter > 0 && holdOut.isEmpty()) {
      throw new BadInputException(
          "⟨stopAfter⟩ counts scores against images that the training does not see; hold some out by ⟨holdOut⟩, such as 10%");
    }
  }

  /** All images are trained on, for all steps. */
  public static StoppingOptions defaults() {
    return new StoppingOptions("", 0);
  }

  /** Whether images are held out. */
  boolean judged() {
    return !holdOut.isEmpty();
  }

  /** Whether it is a share, not a folder. */
  boolean isShare() {
    return isShare(holdOut);
  }

  /** The share, above 0 and below 1. */
  double share() {
    return share(holdOut);
  }

  private static boolean isShare(String text) {
    return PERCENT.matcher(text).matches();
  }

  private static double share(String text) {
    return Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
  }
}
