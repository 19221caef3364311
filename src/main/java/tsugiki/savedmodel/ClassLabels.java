package tsugiki.savedmodel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import tsugiki.base.BadInputException;
import tsugiki.base.StatelessRandom;

/**
 * The classes of a generator: their number, names and frequencies in training.
 *
 * @param model the generator's folder, for messages
 * @param count how many there are: 0 for a generator that takes no label, {@link #UNKNOWN} for one
 *     whose folder does not say
 * @param names by label; empty where they have none
 * @param shares how often training drew each; empty where all were drawn alike
 */
public record ClassLabels(Path model, int count, List<String> names, List<Double> shares) {
  /** The count of a model that others wrote: its signature takes a label, and says no more. */
  public static final int UNKNOWN = -1;

  /** The most names in a message. */
  private static final int LISTED = 50;

  static ClassLabels of(Path model, boolean conditional, Optional<ModelMetadata> description) {
    if (!conditional) {
      return new ClassLabels(model, 0, List.of(), List.of());
    }
    List<String> names = description.map(ModelMetadata::classNames).orElse(List.of());
    int count =
        names.isEmpty()
            ? description
                .map(d -> d.architecture().path("classes").asInt())
                .filter(classes -> classes > 0)
                .orElse(UNKNOWN)
            : names.size();
    List<Double> shares = description.map(ModelMetadata::classShares).orElse(List.of());
    return new ClassLabels(model, count, names, shares);
  }

  /**
   * The label of a class.
   *
   * @param argument the argument that named it, for messages
   * @param wanted a name, in any case, or one of several that a comma divides, or a number; a name
   *     that is a number comes first
   * @throws BadInputException if the model has no such class, or none at all, or several are called
   *     so among other names
   */
  public long find(String argument, String wanted) {
    if (count == 0) {
      throw new BadInputException(
          argument + " " + wanted + " cannot be drawn: " + model + " has no classes; leave it out");
    }
    for (int label = 0; label < names.size(); label++) {
      if (names.get(label).equalsIgnoreCase(wanted)) {
        return label;
      }
    }
    List<Integer> called =
        IntStream.range(0, names.size()).filter(l -> isCalled(l, wanted)).boxed().toList();
    if (called.size() == 1) {
      return called.get(0);
    }
    if (called.size() > 1) {
      throw new BadInputException(
          "%s %s is the classes %s of %s; give one number"
              .formatted(argument, wanted, called, model));
    }
    if (wanted.matches("\\d{1,9}") && (count == UNKNOWN || Long.parseLong(wanted) < count)) {
      return Long.parseLong(wanted);
    }
    throw new BadInputException(isNone(argument, wanted));
  }

  /**
   * Checks labels that are numbers already.
   *
   * @throws IllegalArgumentException if one is below 0, or is not below the count where that is
   *     known
   */
  void require(long... labels) {
    for (long label : labels) {
      if (label < 0 || (count != UNKNOWN && label >= count)) {
        throw new IllegalArgumentException(isNone("label", Long.toString(label)));
      }
    }
  }

  private String isNone(String argument, String wanted) {
    return "%s %s is no class of %s%s; it has %s"
        .formatted(argument, wanted, model, nearest(wanted), describe());
  }

  private boolean isCalled(int label, String wanted) {
    return called(label).anyMatch(wanted::equalsIgnoreCase);
  }

  private Stream<String> called(int label) {
    return Arrays.stream(names.get(label).split(",")).map(String::strip);
  }

  private String nearest(String wanted) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String lower = wanted.toLowerCase(Locale.ROOT);
    return IntStream.range(0, names.size())
        .boxed()
        .flatMap(this::called)
        .min(Comparator.comparing(name -> distance.apply(name.toLowerCase(Locale.ROOT), lower)))
        // A word of other letters is no misspelling.
        .filter(name -> distance.apply(name.toLowerCase(Locale.ROOT), lower) <= lower.length() / 2)
        .map("; the nearest is "::concat)
        .orElse("");
  }

  /** The name of a class, or its number where it has none. */
  public String nameOf(long label) {
    return names.isEmpty() ? Long.toString(label) : names.get(Math.toIntExact(label));
  }

  /**
   * The class of a seed where the user names none. Consecutive seeds go through all classes.
   * Classes that were not drawn alike in training, such as clusters, are drawn by their shares. The
   * class depends on the seed alone.
   *
   * @throws BadInputException if the number of classes is not known
   */
  public long ofSeed(long seed) {
    if (count == UNKNOWN) {
      throw new BadInputException(
          model + " takes a label but does not say how many there are; give ⟨class⟩ NUMBER");
    }
    return shares.isEmpty() ? Math.floorMod(seed, (long) count) : drawn(seed);
  }

  private long drawn(long seed) {
    double left = StatelessRandom.of(seed, 0, "class of a seed").nextDouble();
    int last = 0;
    for (int label = 0; label < shares.size() && left >= 0; label++) {
      left -= shares.get(label);
      // Not a class without a share, to which rounding could lead at the end.
      last = shares.get(label) > 0 ? label : last;
    }
    return last;
  }

  private String describe() {
    if (count == UNKNOWN) {
      return "classes without names; give a number from 0";
    }
    if (names.isEmpty()) {
      return "the numbers 0 to " + (count - 1);
    }
    return IntStream.range(0, Math.min(LISTED, count))
        .mapToObj(label -> label + " " + names.get(label))
        .collect(
            Collectors.joining(
                ", ", "", count > LISTED ? ", … and " + (count - LISTED) + " more" : ""));
  }
}
