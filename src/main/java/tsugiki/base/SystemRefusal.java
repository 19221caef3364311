package tsugiki.base;

import com.google.common.base.Throwables;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Why a file or folder could not be read or written. A disk that is full or read-only, or a place
 * that the user may not open, is no fault of what was given; a path below a file is.
 */
public final class SystemRefusal {
  /** What the system says where a file can grow no more. */
  private static final Set<String> FULL =
      Set.of("No space left on device", "Disk quota exceeded", "File too large");

  /** What it says of a disk that takes nothing. */
  private static final Set<String> REFUSED = Sets.union(FULL, Set.of("Read-only file system"));

  /** What it says of a place that this user may not open, too. */
  private static final Set<String> DENIED =
      Sets.union(REFUSED, Set.of("Permission denied", "Operation not permitted"));

  private SystemRefusal() {}

  /** Whether there is no room on the disk. */
  public static boolean full(Throwable failure) {
    return hasReason(failure, FULL);
  }

  /** Whether there is no room on the disk, or nobody may write there. */
  public static boolean ofDisk(Throwable failure) {
    return hasReason(failure, REFUSED);
  }

  private static boolean hasReason(Throwable failure, Set<String> reasons) {
    return Throwables.getCausalChain(failure).stream()
        .map(e -> String.valueOf(e.getMessage()))
        .anyMatch(message -> reasons.stream().anyMatch(message::contains));
  }

  /** Whether the machine refuses, whatever the file is: its disk is full, or the user may not. */
  public static boolean ofMachine(Throwable failure) {
    return hasReason(failure, DENIED)
        || Throwables.getCausalChain(failure).stream()
            .anyMatch(AccessDeniedException.class::isInstance);
  }

  /** The reason in words; where another place would help, that too. */
  public static String reason(Exception failure) {
    String reason = Reason.of(failure);
    return ofMachine(failure) && !full(failure)
        ? reason + "; name a place that you may write to"
        : reason;
  }

  /** What to throw where a file or folder cannot be written. */
  public static UncheckedIOException cannotWrite(Path file, IOException failure) {
    return new UncheckedIOException("Cannot write " + file + ": " + reason(failure), failure);
  }

  /**
   * What to throw where a path may be the fault of who gave it.
   *
   * @param what the file or folder, as in {@code Cannot write a.png}
   * @param refusal the sentence for a path at which nothing can be, with names of arguments in
   *     angle brackets
   * @return an {@link UncheckedIOException} where the machine refuses, otherwise a {@link
   *     BadInputException}
   */
  public static RuntimeException of(String what, String refusal, Exception failure) {
    if (!ofMachine(failure)) {
      return new BadInputException(refusal, failure);
    }
    IOException cause =
        failure instanceof IOException e ? e : new IOException(failure.getMessage(), failure);
    return new UncheckedIOException(what + ": " + reason(failure), cause);
  }
}
