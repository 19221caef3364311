package tsugiki.base;

/** Checks of single values; a refusal names the argument that the value came from. */
public final class Checks {
  /** The longest axis of a tensor that may be asked for. */
  public static final long MOST = 1 << 20;

  /** More steps no training takes, nor do their numbers overflow when parts are added up. */
  public static final long MOST_STEPS = 1_000_000_000;

  /** The most layers, stages or repetitions: parts of which each is built or trained by itself. */
  public static final int MOST_PARTS = 1_000;

  /** A study has seeds of its own beyond those of its repeats. */
  private static final long SEEDS_OF_STUDY = 2_000_000;

  private static final double MIB = 1 << 20;

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
    between(argument, value, least, MOST);
  }

  /** Refuses a number of steps below the least, and one above {@link #MOST_STEPS}. */
  public static void steps(String argument, long value, long least) {
    between(argument, value, least, MOST_STEPS);
  }

  /** Refuses a number of parts below the least, and one above {@link #MOST_PARTS}. */
  public static void parts(String argument, long value, long least) {
    between(argument, value, least, MOST_PARTS);
  }

  /**
   * Refuses a number of repeats that is not from 1 to {@link #MOST_PARTS}, and a first seed after
   * which there are not so many.
   *
   * @param seed of the first repeat
   */
  public static void repeats(int repeats, long seed) {
    parts("repeats", repeats, 1);
    if (seed > Long.MAX_VALUE - SEEDS_OF_STUDY) {
      throw refused("seed", seed, "at most " + (Long.MAX_VALUE - SEEDS_OF_STUDY));
    }
  }

  private static void between(String argument, long value, long least, long most) {
    atLeast(argument, value, least);
    if (value > most) {
      throw refused(argument, value, "at most " + most);
    }
  }

  /**
   * Refuses two sizes whose product is above {@link #MOST}, such as images of a step that come in
   * parts.
   *
   * @param value the first size, from 1 to {@link #MOST} as {@code otherValue}
   */
  public static void product(String argument, long value, String other, long otherValue) {
    if (value * otherValue > MOST) {
      throw new BadInputException(
          "⟨%s⟩ is %d and ⟨%s⟩ %d, so that a step has %d images; give at most %d"
              .formatted(argument, value, other, otherValue, value * otherValue, MOST));
    }
  }

  /**
   * Refuses more images than an array or Java's memory holds, which they are in together.
   *
   * @param count of images
   * @param bytes of one image, at least 1
   */
  public static void held(String argument, long count, long bytes) {
    long memory = Runtime.getRuntime().maxMemory();
    long most = Math.min(memory, Integer.MAX_VALUE) / bytes;
    if (count > most) {
      throw refused(
          argument,
          count,
          "at most %d, since Java's memory has %.0f MiB and holds all of them at a time"
              .formatted(most, memory / MIB));
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
