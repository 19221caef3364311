package tsugiki.savedmodel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * A file that tells whether it was read: the file system writes down when that was last.
 *
 * @param path where it is
 */
record SpiedFile(Path path) {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  /** Makes one of 8 bytes; a test is skipped on a disk that does not write that down. */
  static SpiedFile in(Path folder) throws IOException {
    SpiedFile file = new SpiedFile(folder.resolve("spied"));
    Files.write(file.path, new byte[] {3, 0, 0, 0, 5, 0, 0, 0});
    file.forget();
    Files.readAllBytes(file.path);
    assumeTrue(file.wasRead(), "the disk of " + folder + " does not record when files are read");
    file.forget();
    return file;
  }

  private BasicFileAttributeView times() {
    return Files.getFileAttributeView(path, BasicFileAttributeView.class);
  }

  private void forget() throws IOException {
    times().setTimes(null, LONG_AGO, null);
  }

  /** Whether anybody has read it. */
  boolean wasRead() throws IOException {
    return !times().readAttributes().lastAccessTime().equals(LONG_AGO);
  }
}
