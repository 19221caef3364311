package tsugiki.base;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A lock on a file, which one process holds at a time. The operating system frees it when the
 * process ends, however it ends. The file stays, since deleting it would let two processes lock two
 * files of one name.
 */
public final class ProcessLock implements AutoCloseable {
  private static final long PAUSE_MS = 50;

  /**
   * Held by this process, by real paths: closing a second channel of a file would free the first
   * one's lock.
   */
  private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The path without symbolic links among its folders, which are made where they are missing. */
  private static Path real(Path path) {
    Path folder = path.getParent();
    AtomicFile.makeFolder(folder);
    try {
      return folder.toRealPath().resolve(path.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lock " + path + ": " + Reason.of(e), e);
    }
  }

  /**
   * Takes it, if it is free.
   *
   * @param path the file, which is made where it is missing
   */
  public static Optional<ProcessLock> take(Path path) {
    Path file = real(path.toAbsolutePath().normalize());
    if (!HERE.add(file)) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        taken = channel.tryLock() != null;
        return taken ? Optional.of(new ProcessLock(file, channel)) : Optional.empty();
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lock " + file + ": " + Reason.of(e), e);
    } finally {
      if (!taken) {
        HERE.remove(file);
      }
    }
  }

  /** Takes it as soon as it is free, although the thread is interrupted, which it stays. */
  public static ProcessLock await(Path path) {
    Optional<ProcessLock> lock = take(path);
    while (lock.isEmpty()) {
      Uninterruptibles.sleepUninterruptibly(PAUSE_MS, TimeUnit.MILLISECONDS);
      lock = take(path);
    }
    return lock.get();
  }

  /** Waits a while, or less where the thread is interrupted, which it stays: look for that. */
  public static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HERE.remove(file);
    }
  }
}
