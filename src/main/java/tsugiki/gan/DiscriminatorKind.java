package tsugiki.gan;

import java.util.Locale;

/** Which discriminator, as {@code --discriminator} names it. */
public enum DiscriminatorKind {
  /** BigGAN's own, trained from nothing. */
  BIGGAN,
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
