package tsugiki.base;

/** Numbers with their nouns, for sentences. */
public final class Counted {
  private Counted() {}

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
