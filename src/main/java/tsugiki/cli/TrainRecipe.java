package tsugiki.cli;

import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import tsugiki.gan.GanRecipes;

/**
 * What {@code train} trains, as {@code --recipe} names it: a kind of GAN, one for a data set, or
 * the feature network that labels and clusters for GANs with few labels.
 *
 * @param name one of {@link #names()}
 */
record TrainRecipe(String name) {
  /** The default. */
  static final TrainRecipe BIGGAN = new TrainRecipe(GanRecipes.BIGGAN);

  /** The default of a study of activations. */
  static final TrainRecipe DCGAN_BOOK = new TrainRecipe(GanRecipes.DCGAN_BOOK);

  /** The feature network. */
  static final TrainRecipe FEATURES = new TrainRecipe("features");

  private static List<String> names() {
    List<String> names = new ArrayList<>(GanRecipes.all());
    names.add(FEATURES.name());
    return names;
  }

  /**
   * Refuses flags that the recipe does not read.
   *
   * @param flags all flags of options
   * @throws tsugiki.base.BadInputException naming them
   */
  void refuseOthers(CommandSpec spec, Set<String> flags) {
    Set<String> read =
        equals(FEATURES)
            ? TrainFlags.FEATURES.names()
            : Sets.union(TrainFlags.GAN.names(), TrainFlags.networks(name).names());
    refuse(spec, Sets.difference(flags, read));
  }

  /** Refuses flags that an unconditional GAN does not read. */
  void refuseLabels(CommandSpec spec) {
    refuse(spec, TrainFlags.OF_LABELS.names());
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
        throw Choice.unknown(value, names().stream());
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
