package tsugiki.cli;

import java.util.Locale;

/** What {@code train} trains, as {@code --recipe} names it. */
enum TrainRecipe {
  /** A class-conditional BigGAN. */
  BIGGAN,
  /** The feature network that labels and clusters for GANs with few labels. */
  FEATURES;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
