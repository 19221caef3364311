package tsugiki.base;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that its name always leads to a whole file: the former one or the new one. A
 * link to a file stays one, and what it leads to is replaced. A device or a pipe, such as {@code
 * /dev/null}, is not replaced but written into.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What fills the file. */
  @FunctionalInterface
  public interface Body {
    /**
     * Writes the whole content. The stream is buffered and closed by the caller.
     *
     * @param out where the content goes
     * @throws IOException when the stream refuses it
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code file} through a temporary file in the same folder, which is created when missing.
   * When the body fails, the former file stays and the temporary one is removed; into a device or a
   * pipe, a part was written then.
   *
   * @param file the file to make or replace
   * @param body what fills it
   * @throws BadInputException when the folder cannot be made, or {@code file} is a folder
   * @throws UncheckedIOException when writing fails; one of the body's own, such as of a file that
   *     it reads, as it is
   */
  public static void write(Path file, Body body) {
    Path target = file.toAbsolutePath().normalize();
    if (Files.isDirectory(target)) {
      throw new BadInputException(
          "Cannot write " + file + ": it is a folder; give the path of a file.");
    }
    try {
      if (Files.isRegularFile(target)) {
        replace(file, target.toRealPath(), body);
      } else if (Files.exists(target)) {
        fill(file, Files.newOutputStream(target, StandardOpenOption.WRITE), body);
      } else {
        replace(file, target, body);
      }
    } catch (IOException e) {
      throw SystemRefusal.cannotWrite(file, e);
    }
  }

  /** Whether {@link #write} could write there, as far as can be told without writing. */
  public static boolean isWritable(Path file) {
    if (Files.isDirectory(file)) {
      return false;
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return Files.isWritable(file);
    }
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path folder = target.getParent();
      while (folder != null && !Files.exists(folder)) {
        folder = folder.getParent();
      }
      return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private static void replace(Path file, Path target, Body body) throws IOException {
    Path folder = target.getParent();
    makeFolder(folder);
    // Not Files.createTempFile: its files are readable by their owner only, and stay so when moved.
    Path temporary = DurableFolder.draftBeside(target);
    try {
      fill(file, Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), body);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static void fill(Path file, OutputStream opened, Body body) throws IOException {
    Refusals stream = new Refusals(opened);
    try (OutputStream out = new BufferedOutputStream(stream)) {
      body.writeTo(out);
    } catch (UncheckedIOException e) {
      // The body may read other files, whose failures are none of this one.
      throw stream.refused ? SystemRefusal.cannotWrite(file, e.getCause()) : e;
    }
  }

  /** The same of a text, in UTF-8. */
  public static void write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Makes a folder and those above it, unless they are there.
   *
   * @param folder the folder
   * @throws BadInputException when it cannot be there, such as below a file
   * @throws UncheckedIOException when the disk is full or read-only, or the user may not write
   *     there
   */
  public static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw SystemRefusal.of(
          "Cannot make the folder " + folder,
          "Cannot make the folder %s (%s); give a path below a folder that you may write to."
              .formatted(folder, Reason.of(e)),
          e);
    }
  }

  /** Knows whether it has refused anything. */
  private static final class Refusals extends FilterOutputStream {
    private boolean refused;

    Refusals(OutputStream out) {
      super(out);
    }

    /** All that a buffered stream calls. */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        refused = true;
        throw e;
      }
    }
  }

  private static void deleteQuietly(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException ignored) {
      // The write's own outcome matters more than a leftover that nobody reads.
    }
  }
}
