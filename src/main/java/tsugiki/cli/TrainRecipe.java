package tsugiki.cli;

import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code train} trains, as {@code --recipe} names it. */
enum TrainRecipe {
  /** A class-conditional BigGAN. */
  BIGGAN(Set.of("--learning-rate")),
  /** The feature network that labels and clusters for GANs with few labels. */
  FEATURES(
      Set.of(
          "--multipliers",
          "--attention",
          "--embedding",
          "--half",
          "--discriminator",
          "--projector",
          "--projector-side",
          "--projection-width",
          "--augment",
          "--discriminator-steps",
          "--generator-rate",
          "--discriminator-rate",
          "--average-decay",
          "--average-from",
          "--standing-batches",
          "--label-count",
          "--unlabelled",
          "--soft-labels",
          "--rotated-share",
          "--rotation-weight-d",
          "--rotation-weight-g",
          "--sample-every",
          "--score-network"));

  private final Set<String> useless;

  /**
   * Makes it.
   *
   * @param useless the flags of {@code train} that it does nothing with
   */
  TrainRecipe(Set<String> useless) {
    this.useless = useless;
  }

  /**
   * Refuses flags that the recipe does nothing with.
   *
   * @throws tsugiki.base.BadInputException naming them
   */
  void refuseOthers(CommandSpec spec) {
    GivenFlags.refuse(spec, useless, "--recipe " + this + " makes no use of %s; leave it out");
  }

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
