package tsugiki.recognition;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import tsugiki.base.InUseException;
import tsugiki.base.Opened;
import tsugiki.base.ProcessLock;
import tsugiki.base.Reason;

/**
 * Rows of bytes of one length in a file that grows, numbered from 0. It may be deleted at any time,
 * and what a broken process has left of a last row is written again.
 */
final class ViewFile implements AutoCloseable {
  private final int length;
  private final ProcessLock lock;

  /** No channel, which an interruption of the thread would close. */
  private final RandomAccessFile rows;

  private int count;

  /**
   * Opens or makes it.
   *
   * @param length bytes of a row
   * @throws InUseException if another process has it open
   */
  ViewFile(Path file, int length) {
    this.length = length;
    try (Opened opened = new Opened()) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      lock = opened.add(taken(file));
      rows = opened.add(new RandomAccessFile(file.toFile(), "rw"));
      count = Math.toIntExact(rows.length() / length);
      opened.keep();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open " + file + ": " + Reason.of(e), e);
    }
  }

  private static ProcessLock taken(Path file) {
    return ProcessLock.take(file.resolveSibling(file.getFileName() + ".lock"))
        .orElseThrow(
            () ->
                new InUseException(
                    "'%s' is open in another process, which trains from the same views; wait for its end"
                        .formatted(file)));
  }

  /** The rows that are there. */
  int count() {
    return count;
  }

  /** Adds a row behind the last one. */
  void add(byte[]... parts) {
    try {
      ByteBuffer row = ByteBuffer.allocate(length);
      for (byte[] part : parts) {
        row.put(part);
      }
      if (row.hasRemaining()) {
        throw new IllegalArgumentException("a row has %d bytes too few".formatted(row.remaining()));
      }
      rows.seek((long) count * length);
      rows.write(row.array());
      count++;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the teacher's maps: " + Reason.of(e), e);
    }
  }

  /** A row, from its first byte on. */
  ByteBuffer row(int number) {
    try {
      byte[] row = new byte[length];
      rows.seek((long) number * length);
      rows.readFully(row);
      return ByteBuffer.wrap(row);
    } catch (EOFException e) {
      throw new UncheckedIOException(
          "Cannot read the teacher's maps: they end in row " + number, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the teacher's maps: " + Reason.of(e), e);
    }
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.close();
    }
  }
}
