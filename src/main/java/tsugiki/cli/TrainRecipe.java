package tsugiki.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;
import tsugiki.gan.GanRecipes;

/**
 * What {@code train} trains, as {@code --recipe} names it: a kind of GAN, or the feature network
 * that labels and clusters for GANs with few labels.
 *
 * @param name one of {@link #names()}
 */
record TrainRecipe(String name) {
  /** The default. */
  static final TrainRecipe BIGGAN = new TrainRecipe(GanRecipes.BIGGAN);

  /** The feature network. */
  static final TrainRecipe FEATURES = new TrainRecipe("features");

  private static final Set<String> ONLY_FEATURES = Set.of("--learning-rate");

  private static final Set<String> ONLY_GANS =
      Set.of(
          "--multipliers",
          "--attention",
          "--embedding",
          "--noise",
          "--half",
          "--discriminator",
          "--projector",
          "--projector-side",
          "--projection-width",
          "--native-width",
          "--augment",
          "--loss",
          "--gradient-penalty",
          "--beta1",
          "--beta2",
          "--adam-epsilon",
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
          "--score-network");

  /** What an unconditional GAN does not read. */
  private static final Set<String> OF_LABELS =
      Set.of(
          "--labels",
          "--label-count",
          "--label-seed",
          "--features",
          "--unlabelled",
          "--soft-labels",
          "--label-weight");

  private static List<String> names() {
    List<String> names = new ArrayList<>(GanRecipes.names());
    names.add(FEATURES.name());
    return names;
  }

  /**
   * Refuses flags that the recipe does not read.
   *
   * @throws tsugiki.base.BadInputException naming them
   */
  void refuseOthers(CommandSpec spec) {
    refuse(spec, equals(FEATURES) ? ONLY_GANS : ONLY_FEATURES);
  }

  /** Refuses flags that an unconditional GAN does not read. */
  void refuseLabels(CommandSpec spec) {
    refuse(spec, OF_LABELS);
  }

  private void refuse(CommandSpec spec, Set<String> useless) {
    GivenFlags.refuse(spec, useless, "--recipe " + name + " makes no use of %s; leave it out");
  }

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name;
  }

  /** Reads the flag, in any case. */
  static final class Converter implements ITypeConverter<TrainRecipe> {
    @Override
    public TrainRecipe convert(String value) {
      String name = value.toLowerCase(Locale.ROOT);
      if (!names().contains(name)) {
        throw new TypeConversionException(
            "'" + value + "' is none of " + String.join(", ", names()));
      }
      return new TrainRecipe(name);
    }
  }

  /** All names, for the help. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }
}
