package tsugiki.base;

import java.nio.file.Path;

/** The folder for what can be downloaded or computed again; a user may delete it at any time. */
public final class UserCache {
  /** The environment variable that names another folder. */
  public static final String VARIABLE = "TSUGIKI_CACHE";

  private UserCache() {}

  /** What {@link #VARIABLE} names, otherwise ~/.cache/tsugiki. */
  public static Path folder() {
    String named = System.getenv(VARIABLE);
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "tsugiki")
        : Path.of(named);
  }
}
