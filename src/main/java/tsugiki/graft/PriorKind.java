package tsugiki.graft;

import java.util.Locale;

/**
 * The part of the loss that looks at the latent vectors of the training images alone. The
 * reference's pulls them together; the others keep them where samples are drawn.
 */
public enum PriorKind {
  /** The reference's distance to N(0, 1) by nearest neighbours: {@code loss.LatentPrior}. */
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
