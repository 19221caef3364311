package tsugiki.base;

import java.time.LocalDate;
import java.util.Optional;

/** What this process is and runs on, in words: for logs, reports and model cards. */
public final class Environment {
  private Environment() {}

  /**
   * When, by what and where something is written now, such as {@code 2026-11-29 by tsugiki 1.0 and
   * Java 17, on Linux amd64 with 2 processors}.
   */
  public static String now() {
    return "%s by %s and %s, on %s".formatted(LocalDate.now(), program(), java(), machine());
  }

  /** The program's version, which Maven wrote into the jar. */
  public static String program() {
    String version = Environment.class.getPackage().getImplementationVersion();
    return "tsugiki " + Optional.ofNullable(version).orElse("(not from a jar)");
  }

  /** Java's version. */
  public static String java() {
    return "Java " + Runtime.version();
  }

  /** The operating system, the kind of processor and the number of them. */
  public static String machine() {
    return "%s %s with %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Counted.of(Runtime.getRuntime().availableProcessors(), "processor"));
  }
}
