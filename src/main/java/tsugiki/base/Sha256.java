package tsugiki.base;

import com.google.common.hash.Funnels;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** SHA-256 of files. */
public final class Sha256 {
  private Sha256() {}

  /**
   * The SHA-256 of the files' contents, one after the other.
   *
   * @param files at least one; of one file it is what {@code sha256sum} prints
   * @return 64 hexadecimal digits in lower case
   * @throws BadInputException if a file cannot be read
   */
  public static String of(List<Path> files) {
    Hasher hash = Hashing.sha256().newHasher();
    for (Path file : files) {
      try {
        Files.copy(file, Funnels.asOutputStream(hash));
      } catch (IOException e) {
        throw new BadInputException(
            "%s cannot be read (%s); check the file and its permissions"
                .formatted(file, e.getMessage()),
            e);
      }
    }
    return hash.hash().toString();
  }
}
