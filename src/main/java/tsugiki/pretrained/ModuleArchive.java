package tsugiki.pretrained;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * The unpacker of a module of TensorFlow Hub, a {@code .tar.gz}: the graph and its checkpoint. Only
 * files of these names are taken, and to one folder.
 */
final class ModuleArchive {
  private static final String GRAPH = "saved_model.pb";
  private static final String INDEX = "variables/variables.index";
  private static final String DATA = "variables/variables.data-00000-of-00001";
  private static final List<String> WANTED = List.of(GRAPH, INDEX, DATA);

  /** The largest published one has 0.7 GB. */
  private static final long MOST_BYTES = 4L << 30;

  private ModuleArchive() {}

  /** Whether a file begins as an archive does. */
  static boolean isOne(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    } catch (IOException e) {
      return false; // Whoever opens it says why.
    }
  }

  /**
   * Unpacks one.
   *
   * @param folder an empty folder
   * @throws BadInputException if the archive is damaged or holds no checkpoint
   */
  static void unpack(Path archive, Path folder) {
    Set<String> found = new TreeSet<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      Files.createDirectories(folder.resolve(INDEX).getParent());
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        String name = e.getName().replaceFirst("^(\\./)+", "");
        boolean isFile = e.isFile() && !e.isSymbolicLink() && !e.isLink();
        if (isFile && WANTED.contains(name) && e.getSize() <= MOST_BYTES && found.add(name)) {
          Files.copy(tar, folder.resolve(name));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "%s cannot be unpacked (%s); fetch it again, and see that there is room"
              .formatted(archive, Reason.of(e)),
          e);
    }
    if (!found.contains(INDEX) || !found.contains(DATA)) {
      throw new BadInputException(
          "%s holds no %s with its data, as a module of TensorFlow Hub does; fetch it again"
              .formatted(archive, INDEX));
    }
  }
}
