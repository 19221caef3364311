package tsugiki.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;

/**
 * The search for a class that a misspelt name has made: one image alone has it, and its name is
 * close to that of a class of many images; or two names differ in nothing but capitals, spaces,
 * hyphens and underscores.
 */
final class MisspeltClass {
  /** Images of a class beside which one image of another looks like a slip. */
  private static final int MANY = 10;

  /** Letters of a name in which two may be wrong. */
  private static final int LONG = 6;

  private MisspeltClass() {}

  /**
   * Refuses such a class.
   *
   * @param file where the labels come from, for the message
   * @param labels of the images
   * @throws BadInputException naming both classes
   */
  static void refuse(String file, GivenLabels labels, ImageSet images) {
    List<String> names = labels.classNames();
    List<String> written = names.stream().map(MisspeltClass::written).toList();
    int[] counts = new int[names.size()];
    IntStream.of(labels.labelled()).forEach(image -> counts[labels.labels()[image]]++);
    for (int few = 0; few < counts.length; few++) {
      for (int many = 0; many < counts.length; many++) {
        if (few < many && written.get(few).equals(written.get(many))) {
          throw new BadInputException(
              "%s writes a class in two ways, %s (%s) and %s (%s); write it in one"
                  .formatted(
                      file,
                      names.get(few),
                      Counted.of(counts[few], "image"),
                      names.get(many),
                      Counted.of(counts[many], "image")));
        }
        if (counts[few] == 1
            && counts[many] >= MANY
            && close(written.get(few), written.get(many))) {
          throw new BadInputException(
              "%s has the class %s for one image alone, %s, and the class %s for %d images; correct the name, or if it is a class of its own, label a second image with it or name it less alike"
                  .formatted(
                      file,
                      names.get(few),
                      images.names().get(only(few, labels)),
                      names.get(many),
                      counts[many]));
        }
      }
    }
  }

  private static int only(int label, GivenLabels labels) {
    return IntStream.of(labels.labelled())
        .filter(image -> labels.labels()[image] == label)
        .findFirst()
        .orElseThrow();
  }

  /** A name without what people write now in this way and now in that. */
  private static String written(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }

  /** Whether a slip makes one name of the other; names such as type1 and type2 are meant so. */
  private static boolean close(String a, String b) {
    if (!a.replaceAll("\\D", "").equals(b.replaceAll("\\D", ""))) {
      return false;
    }
    int longest = Math.max(a.length(), b.length());
    int distance = LevenshteinDistance.getDefaultInstance().apply(a, b);
    return longest >= LONG && distance <= 2 || longest > 2 && (distance <= 1 || swapped(a, b));
  }

  /** Whether two letters beside each other have changed places. */
  private static boolean swapped(String a, String b) {
    if (a.length() != b.length()) {
      return false;
    }
    int[] differing =
        IntStream.range(0, a.length()).filter(i -> a.charAt(i) != b.charAt(i)).toArray();
    return differing.length == 2
        && differing[1] == differing[0] + 1
        && a.charAt(differing[0]) == b.charAt(differing[1])
        && a.charAt(differing[1]) == b.charAt(differing[0]);
  }
}
