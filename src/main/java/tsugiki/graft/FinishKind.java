package tsugiki.graft;

import java.util.Locale;

/** What an adversarial finish trains, beside the latent vectors. */
public enum FinishKind {
  /** There is no finish: the graft is the reconstruction loss's alone, as in the paper. */
  NONE,
  /** What the graft's method trains; the rest of the generator stays frozen. */
  GRAFT,
  /** All weights of the generator; its stored statistics follow. */
  ALL;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
