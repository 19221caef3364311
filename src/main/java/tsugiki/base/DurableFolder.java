package tsugiki.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A folder that appears at its place only when everything in it is on the disk. It is filled beside
 * its place, under a hidden name that readers do not look for, and then renamed.
 */
public final class DurableFolder implements AutoCloseable {
  /** Of this class, and of {@link AtomicFile}; a folder that was moved aside is no draft. */
  private static final Pattern DRAFT = Pattern.compile("\\..+\\.(draft-[-0-9a-f]{36}|tmp)");

  /** What many threads wait for a disk writes in one go; file by file takes 20 times as long. */
  private static final int AT_ONCE = 32;

  private final Path target;
  private final Path draft;

  private DurableFolder(Path target, Path draft) {
    this.target = target;
    this.draft = draft;
  }

  /** Opens one; until it is published it lies at {@link #draft}. */
  public static DurableFolder create(Path target) throws IOException {
    // A link stays one, and what it leads to is replaced.
    Path absolute =
        Files.isSymbolicLink(target) && Files.exists(target)
            ? target.toRealPath()
            : target.toAbsolutePath().normalize();
    Files.createDirectories(absolute.getParent());
    String hidden = "." + absolute.getFileName() + ".draft-" + UUID.randomUUID();
    return new DurableFolder(absolute, Files.createDirectory(absolute.resolveSibling(hidden)));
  }

  /**
   * Removes the drafts of files and folders that a killed process has left in a folder, which need
   * not be there. The caller knows that no other process writes there.
   *
   * @throws UncheckedIOException if one cannot be removed
   */
  public static void removeDrafts(Path folder) {
    removeDrafts(folder, Instant.MAX);
  }

  /**
   * The same of those alone that have not changed since a moment, where other processes may write.
   */
  public static void removeDrafts(Path folder, Instant since) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(DurableFolder::isDraft).toList()) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(since)) {
          PathUtils.delete(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot remove the drafts in " + folder + ": " + Reason.of(e), e);
    }
  }

  private static boolean isDraft(Path entry) {
    return DRAFT.matcher(entry.getFileName().toString()).matches();
  }

  public Path draft() {
    return draft;
  }

  /**
   * Moves the folder to its place. Where there was one already, that one is moved aside first and
   * then deleted: a crash between the two leaves it beside its place, whole, under a hidden name.
   */
  public void publish() throws IOException {
    syncDraft();
    Path old = draft.resolveSibling(draft.getFileName() + "-replaced");
    boolean replaces = Files.exists(target);
    if (replaces) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    sync(target.getParent());
    if (replaces) {
      PathUtils.deleteDirectory(old);
    }
  }

  /**
   * Moves the folder to another place beside its own, unless there is something: of several
   * processes, one gets the place.
   *
   * @return whether it is there now; otherwise it is still a draft
   */
  public boolean publishNew(Path place) throws IOException {
    syncDraft();
    try {
      // No folder that holds anything is replaced so.
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (Files.exists(place)) {
        return false;
      }
      throw e;
    }
    sync(target.getParent());
    return true;
  }

  private void syncDraft() throws IOException {
    try (Stream<Path> walk = Files.walk(draft)) {
      sync(walk.toList());
    }
  }

  /**
   * Moves a file over another one of the same disk, so that its name leads to either, whole, even
   * after a crash.
   */
  public static void replace(Path draft, Path file) throws IOException {
    sync(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(file.toAbsolutePath().getParent());
  }

  /**
   * Writes a text, so that the file is the former one or the new one, whole, even after a crash.
   *
   * @throws UncheckedIOException if it cannot be written; nothing is left beside the file then
   */
  public static void write(Path file, String content) {
    try {
      put(file, content);
    } catch (IOException e) {
      throw SystemRefusal.cannotWrite(file, e);
    }
  }

  /** The same, with the failure as it is. */
  public static void put(Path file, String content) throws IOException {
    Path draft = draftBeside(file);
    try {
      Files.writeString(draft, content);
      replace(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Writes a text, whole, unless the file is there: of several processes, one makes it.
   *
   * @return whether this call has made it
   * @throws UncheckedIOException if it cannot be written; nothing is left beside the file then
   */
  public static boolean writeNew(Path file, String content) {
    if (Files.exists(file)) {
      return false;
    }
    Path draft = draftBeside(file);
    try {
      try {
        Files.writeString(draft, content);
        sync(draft);
        if (!link(draft, file)) {
          return false;
        }
        sync(file.toAbsolutePath().getParent());
        return true;
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw SystemRefusal.cannotWrite(file, e);
    }
  }

  /** Gives a draft its name, unless that is taken; a move would replace what is there. */
  private static boolean link(Path draft, Path file) throws IOException {
    try {
      Files.createLink(file, draft);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Some file systems, such as FAT, have no links: there two processes may both succeed.
      if (Files.exists(file)) {
        return false;
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  /** A name for what a file will hold, which no other writer has. */
  static Path draftBeside(Path file) {
    return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  /** Removes the draft if it was not published. */
  @Override
  public void close() throws IOException {
    if (Files.exists(draft)) {
      PathUtils.deleteDirectory(draft);
    }
  }

  private static void sync(List<Path> files) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, files.size()));
    try {
      List<Future<Boolean>> synced =
          files.stream()
              .map(
                  file ->
                      threads.submit(
                          () -> {
                            sync(file);
                            return true;
                          }))
              .toList();
      for (Future<Boolean> file : synced) {
        file.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were brought to the disk");
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Waits until the bytes of a file, or the entries of a folder, are on the disk, also in a thread
   * that is interrupted.
   */
  public static void sync(Path path) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (!isSynced(path)) {
        interrupted = Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives false where the thread was interrupted. */
  private static boolean isSynced(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }
}
