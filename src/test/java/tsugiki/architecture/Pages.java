package tsugiki.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages that a user reads. */
public final class Pages {
  private Pages() {}

  /** README and those of the site, sorted by path. */
  public static List<Path> all() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("src/site/markdown"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), pages).sorted().toList();
    }
  }
}
