package tsugiki.data;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;

/** The folders that are taken for classes: those of the first level. */
final class ClassFolders {
  /** Classes that a sentence names; of the others it gives the number. */
  private static final int SHOWN = 10;

  private ClassFolders() {}

  /**
   * Refuses folders that are the parts of a dataset rather than its classes: no image lies in them
   * but in folders below, and these have the same names in several of them, as {@code train/rose}
   * and {@code test/rose} do; or there is one folder alone, with several below it.
   *
   * @param images with their folders as labels
   * @throws BadInputException naming the folders
   */
  static void refuseParts(ImageSet images) {
    if (!images.foundClasses()) {
      return;
    }
    Map<String, SortedSet<String>> below = new TreeMap<>();
    for (String name : images.names()) {
      String[] parts = name.split("/", 3);
      if (parts.length < 3) {
        return;
      }
      below.computeIfAbsent(parts[0], key -> new TreeSet<>()).add(parts[1]);
    }
    List<String> all = below.values().stream().flatMap(Collection::stream).toList();
    boolean repeated = all.size() > Set.copyOf(all).size();
    if (repeated || below.size() == 1 && all.size() > 1) {
      throw new BadInputException(
          "⟨data⟩ has no image in the folders %s themselves, but in folders below (%s); if those are the classes, add /%s to ⟨data⟩, otherwise give ⟨classes⟩ %s"
              .formatted(
                  Counted.listed(below.keySet(), SHOWN),
                  Counted.listed(new TreeSet<>(all), SHOWN),
                  below.containsKey("train") ? "train" : below.keySet().iterator().next(),
                  String.join(",", below.keySet())));
    }
  }

  /** The classes with the numbers of their images, such as {@code daisy 40, rose 39}. */
  static String counts(GivenLabels given) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    given.classNames().forEach(name -> counts.put(name, 0));
    IntStream.of(given.labels())
        .filter(label -> label != GivenLabels.NONE)
        .forEach(label -> counts.merge(given.classNames().get(label), 1, Integer::sum));
    return Counted.listed(
        counts.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList(), SHOWN);
  }
}
