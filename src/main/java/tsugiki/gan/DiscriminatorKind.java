package tsugiki.gan;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.Locale;

/** The kinds of discriminators of a GAN. */
public enum DiscriminatorKind {
  /** The recipe's own, trained from nothing. Runs of before there were recipes call it biggan. */
  @JsonAlias("biggan")
  OWN,
  /**
   * Small heads on a frozen, pre-trained network (Sauer et al. 2021): far fewer steps to the same
   * quality.
   */
  PROJECTED;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
