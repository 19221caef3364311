package tsugiki.base;

import java.util.Collection;
import java.util.stream.Collectors;

/** Numbers with their nouns, for sentences. */
public final class Counted {
  private Counted() {}

  /**
   * The first of some words, and how many more there are.
   *
   * @param most how many are shown
   */
  public static String listed(Collection<String> words, int most) {
    String shown = words.stream().limit(most).collect(Collectors.joining(", "));
    return words.size() <= most ? shown : shown + " and %d more".formatted(words.size() - most);
  }

  /**
   * A number and its noun, such as {@code 1 image}, {@code 2 classes} and {@code 3 copies}.
   *
   * @param noun in the singular
   */
  public static String of(long number, String noun) {
    if (number == 1) {
      return number + " " + noun;
    }
    return noun.endsWith("y")
        ? number + " " + noun.substring(0, noun.length() - 1) + "ies"
        : number + " " + noun + (noun.endsWith("s") ? "es" : "s");
  }
}
