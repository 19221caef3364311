package tsugiki.base;

/** Checks of single values, which name the flag that a value came from. */
public final class Checks {
  private Checks() {}

  /** Refuses a number below the least. */
  public static void atLeast(String flag, long value, long least) {
    if (value < least) {
      throw new BadInputException(flag + " is " + value + "; give " + least + " or more");
    }
  }

  /** Refuses a negative number and one that is none or infinite. */
  public static void notNegative(String flag, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new BadInputException(flag + " is " + value + "; give 0 or more");
    }
  }

  /** Refuses 0, a negative number, and one that is none or infinite. */
  public static void positive(String flag, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new BadInputException(flag + " is " + value + "; give a number above 0");
    }
  }
}
