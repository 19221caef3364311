package tsugiki.pretrained;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** Finds the models that ship with the program. */
final class ShippedModels {
  /** The system property that the launcher sets to the root of the project. */
  static final String HOME = "tsugiki.home";

  private static final String FOLDER = "savedmodels";

  private ShippedModels() {}

  /**
   * The folder {@code savedmodels} below {@value #HOME}; where that is not set, the one of the
   * project in whose {@code target} this program's jar lies; where it lies elsewhere, the one below
   * the working directory.
   *
   * @return a folder that may be missing
   */
  static Path folder() {
    return Optional.ofNullable(System.getProperty(HOME))
        .map(home -> Path.of(home, FOLDER))
        .or(() -> besideTarget().filter(Files::isDirectory))
        .orElse(Path.of(FOLDER));
  }

  private static Optional<Path> besideTarget() {
    Optional<URL> place =
        Optional.ofNullable(ShippedModels.class.getProtectionDomain().getCodeSource())
            .map(CodeSource::getLocation);
    try {
      return place.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(Path.of(place.get().toURI()).getParent())
              .map(target -> target.resolveSibling(FOLDER));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      // Loaded from something else than a file, such as a jar within a jar.
      return Optional.empty();
    }
  }
}
