package tsugiki.base;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process that may not write everywhere, also where the administrator runs the tests: that right
 * is taken from it.
 */
public final class OrdinaryUser {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private OrdinaryUser() {}

  /**
   * The words before its command.
   *
   * @param closed a folder whose permissions let nobody write
   * @return none for a user whom these permissions bind; empty where the right cannot be taken
   */
  public static Optional<List<String>> words(Path closed) {
    if (!Files.isWritable(closed)) {
      return Optional.of(List.of());
    }
    return Files.isExecutable(SETPRIV)
        ? Optional.of(List.of(SETPRIV.toString(), "--bounding-set=-dac_override,-dac_read_search"))
        : Optional.empty();
  }
}
