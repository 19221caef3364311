package tsugiki.runtime;

/** The device that a graph is to run on, by its name in {@code options.json}. */
public enum Device {
  /** The processor, also where a GPU could be used. */
  CPU,
  /** The GPU, or an error that names what it lacks. */
  GPU,
  /** The GPU where one can be used, and otherwise the processor. */
  AUTO;

  /**
   * The name as it is written on the command line.
   *
   * @return {@code cpu}, {@code gpu} or {@code auto}
   */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
