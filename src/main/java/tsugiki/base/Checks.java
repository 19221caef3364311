package tsugiki.base;

/** Checks of single values; a refusal names the argument that the value came from. */
public final class Checks {
  /** The longest axis of a tensor that may be asked for. */
  public static final long MOST = 1 << 20;

  private Checks() {}

  /** Refuses a number below the least. */
  public static void atLeast(String argument, long value, long least) {
    if (value < least) {
      throw refused(argument, value, least + " or more");
    }
  }

  /**
   * Refuses a number below the least, and one above {@link #MOST}: of several such lengths not even
   * the number of bytes can be said, and TensorFlow ends the process.
   *
   * @param value the length of a tensor's axis
   */
  public static void size(String argument, long value, long least) {
    atLeast(argument, value, least);
    if (value > MOST) {
      throw refused(argument, value, "at most " + MOST);
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
