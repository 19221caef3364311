package tsugiki.gan;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.train.Execution;

/**
 * Options of a GAN's training: data, networks, training and observation. Labels are handed to the
 * training beside it ({@link TrainingLabels}). Every part fills in its own defaults, so that a null
 * stands for what the user left out.
 *
 * @param recipe which GAN; {@link Recipe#BIGGAN}
 * @param data the images: a folder, a zip, or a folder in a zip; the first level of folders gives
 *     the classes
 * @param classes the classes to keep, in the order of their labels: a class is named by its folder
 *     or by how the folder's name ends; empty keeps all, sorted
 * @param network the shape of the networks
 * @param training how they are trained
 * @param watch what is looked at meanwhile
 * @param half whether the SavedModel's file holds its kernels in 16 bits; true
 * @param execution where it runs
 */
public record GanRunOptions(
    Recipe recipe,
    Path data,
    List<String> classes,
    NetworkOptions network,
    GanOptions training,
    WatchOptions watch,
    Boolean half,
    Execution execution) {

  /** Which GAN, as {@code --recipe} names it. */
  public enum Recipe {
    /** BigGAN (Brock et al. 2019). */
    BIGGAN;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Fills in the defaults and checks what the parts have not checked. */
  public GanRunOptions {
    recipe = Objects.requireNonNullElse(recipe, Recipe.BIGGAN);
    if (data == null) {
      throw new BadInputException(
          "⟨data⟩ is missing; give a folder or zip of images with one folder a class");
    }
    // A run is resumed from anywhere.
    data = data.toAbsolutePath().normalize();
    classes = List.copyOf(Objects.requireNonNullElse(classes, List.of()));
    if (classes.stream().distinct().count() < classes.size()) {
      throw new BadInputException(
          "⟨classes⟩ names a class twice: " + String.join(",", classes) + "; leave one out");
    }
    half = Objects.requireNonNullElse(half, true);
    Objects.requireNonNull(network);
    Objects.requireNonNull(training);
    Objects.requireNonNull(watch);
    Objects.requireNonNull(execution);
  }

  /** The same data and networks with another training. */
  public GanRunOptions with(GanOptions otherTraining) {
    return new GanRunOptions(recipe, data, classes, network, otherTraining, watch, half, execution);
  }
}
