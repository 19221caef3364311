package tsugiki.gan;

import tsugiki.BadInputException;

/** Checks of single values, which name the flag that a value came from. */
final class Flags {
  private Flags() {}

  static void atLeast(String flag, long value, long least) {
    if (value < least) {
      throw new BadInputException(flag + " is " + value + "; give " + least + " or more");
    }
  }

  static void positive(String flag, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new BadInputException(flag + " is " + value + "; give a number above 0");
    }
  }
}
