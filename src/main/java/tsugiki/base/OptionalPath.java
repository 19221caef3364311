package tsugiki.base;

import java.nio.file.Path;

/** A file or folder among a run's options that need not be named. */
public final class OptionalPath {
  private OptionalPath() {}

  /**
   * The same wherever the run is resumed from.
   *
   * @param path as it was given; empty, or null in the options of older runs, for none
   * @return absolute; empty for none
   */
  public static String absolute(String path) {
    return path == null || path.isEmpty()
        ? ""
        : Path.of(path).toAbsolutePath().normalize().toString();
  }
}
