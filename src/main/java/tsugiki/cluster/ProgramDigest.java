package tsugiki.cluster;

import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import tsugiki.base.BadInputException;
import tsugiki.base.FileDigest;

/** Tells builds of this program apart, since two of them may compute different bits. */
final class ProgramDigest {
  /** Read once: every part of a work asks for it. */
  private static final Supplier<String> HERE = Suppliers.memoize(ProgramDigest::read);

  private ProgramDigest() {}

  /** The jar or the folder that this program runs from. */
  static Path place() {
    try {
      return Path.of(
          ProgramDigest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The SHA-256 of this program's jar; empty where it runs from a folder of classes. */
  static String here() {
    return HERE.get();
  }

  private static String read() {
    Path place = place();
    try {
      return Files.isRegularFile(place) ? FileDigest.sha256(place) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses work of another build.
   *
   * @param build what {@link #here} is where the work comes from
   * @throws BadInputException if this process runs another build
   */
  static void require(String build) {
    if (!here().equals(build)) {
      throw new BadInputException(
          "%s is another build of this program than the one that gives the work; bring the same jar to all machines"
              .formatted(place()));
    }
  }
}
