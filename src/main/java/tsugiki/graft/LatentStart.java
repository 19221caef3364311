package tsugiki.graft;

import java.util.Locale;

/** Where the latent vectors of the training images start. */
public enum LatentStart {
  /** At draws from N(0, 1). */
  NORMAL,
  /** All at 0, as the reference's. */
  ZERO,
  /**
   * At a projection of each image: steps of the graft's own loss that move the latent vectors
   * alone, through the rootstock as it is, from draws with the deviation of the samples.
   */
  PROJECTION;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
