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
   * A number and its noun, such as {@code 1 image} and {@code 2 classes}.
   *
   * @param noun in the singular
   */
  public static String of(long number, String noun) {
    String ending = number == 1 ? "" : noun.endsWith("s") ? "es" : "s";
    return number + " " + noun + ending;
  }
}
