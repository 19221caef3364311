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
import tsugiki.base.DurableFolder;
import tsugiki.base.Reason;

/**
 * The unpacker of the archive of the official Inception v3: the frozen graph and the names of its
 * classes. Only files of these names are taken, and to one folder, wherever in the archive they
 * claim to lie.
 */
final class InceptionArchive {
  private static final List<String> WANTED =
      List.of(
          "classify_image_graph_def.pb",
          "imagenet_synset_to_human_label_map.txt",
          "imagenet_2012_challenge_label_map_proto.pbtxt");

  private static final String LICENCE = "LICENSE";

  /** The graph has 96 MB. */
  private static final long MOST_BYTES = 1L << 30;

  private InceptionArchive() {}

  /**
   * Unpacks it; the folder appears when all is in it.
   *
   * @throws BadInputException if the archive is damaged or lacks a file
   */
  static void unpack(Path archive, Path folder) {
    try (DurableFolder draft = DurableFolder.create(folder)) {
      Set<String> missing = new TreeSet<>(WANTED);
      missing.removeAll(extract(archive, draft.draft()));
      if (!missing.isEmpty()) {
        throw new BadInputException(
            archive + " lacks " + String.join(", ", missing) + "; fetch it again");
      }
      draft.publish();
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be unpacked to %s (%s); fetch it again, and see that there is room"
              .formatted(archive, folder, Reason.of(e)),
          e);
    }
  }

  private static Set<String> extract(Path archive, Path folder) throws IOException {
    Set<String> found = new TreeSet<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        String name = e.getName().substring(e.getName().lastIndexOf('/') + 1);
        boolean wanted = WANTED.contains(name) || name.equals(LICENCE);
        boolean isFile = e.isFile() && !e.isSymbolicLink() && !e.isLink();
        if (wanted && isFile && e.getSize() <= MOST_BYTES && found.add(name)) {
          Files.copy(tar, folder.resolve(name));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e); // A damaged header of the archive.
    }
    return found;
  }
}
