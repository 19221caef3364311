package tsugiki.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of {@value #MIB} MiB in memory, which really becomes full.
 *
 * @param path where it is mounted
 */
record SmallDisk(Path path) implements AutoCloseable {
  private static final int MIB = 24;
  private static final int BLOCK = 4096;

  /** Mounts one; a test of a user who may not do that is skipped. */
  static SmallDisk mount(Path folder) throws IOException, InterruptedException {
    Path path = Files.createDirectory(folder);
    String size = "size=" + MIB + "m";
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", size, "tmpfs", path.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assumeTrue(mount.waitFor() == 0, "this user cannot mount a small file system: " + said);
    return new SmallDisk(path);
  }

  /**
   * Fills it with a file.
   *
   * @param free the bytes that stay free, a multiple of {@value #BLOCK}
   */
  void fill(long free) {
    try (OutputStream out = Files.newOutputStream(path.resolve("ballast"))) {
      byte[] block = new byte[BLOCK];
      while (path.toFile().getUsableSpace() > free) {
        out.write(block);
      }
    } catch (IOException e) {
      // Another writer took the last block.
    }
  }

  /** Takes that file away. */
  void empty() {
    try {
      Files.deleteIfExists(path.resolve("ballast"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    // Lazily: what a test left open is of no matter.
    try {
      new ProcessBuilder("umount", "--lazy", path.toString()).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
