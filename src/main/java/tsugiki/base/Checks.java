package tsugiki.base;

/** Checks of single values; a refusal names the argument that the value came from. */
public final class Checks {
  private Checks() {}

  /** Refuses a number below the least. */
  public static void atLeast(String argument, long value, long least) {
    if (value < least) {
      throw refused(argument, value, least + " or more");
    }
  }

  /** Refuses a negative number and one that is none or infinite. */
  public static void notNegative(String argument, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw refused(argument, value, "0 or more");
    }
  }

  /** Refuses 0, a negative number, and one that is none or infinite. */
  public static void positive(String argument, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw refused(argument, value, "a number above 0");
    }
  }

  private static BadInputException refused(String argument, Number value, String wanted) {
    return new BadInputException("⟨" + argument + "⟩ is " + value + "; give " + wanted);
  }
}
