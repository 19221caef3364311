package tsugiki.graft;

import java.util.Locale;

/** What keeps the latent vectors of the training images where samples are drawn. */
public enum PriorKind {
  /** The reference's distance to N(0, 1), which pulls them together: {@code loss.LatentPrior}. */
  REFERENCE,
  /** Their mean and deviation, entry by entry: {@code loss.MomentPrior}. */
  MOMENTS,
  /** Their distribution along random directions: {@code loss.SlicedPrior}. */
  SLICED;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
