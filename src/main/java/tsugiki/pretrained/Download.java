package tsugiki.pretrained;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.InUseException;
import tsugiki.base.Phase;
import tsugiki.base.ProcessLock;
import tsugiki.base.Reason;

/**
 * A download of a published file into the cache. It is written to {@code FILE.part}, from where a
 * download that broke off goes on if the server still has the same version, then checked, and only
 * then moved to its name. Where the publisher gives no checksum, the first download is trusted and
 * every later one must be the same.
 */
public final class Download {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A listener to the progress of a download. */
  @FunctionalInterface
  public interface ProgressListener {
    /**
     * Called as bytes arrive, by a thread of the HTTP client.
     *
     * @param done bytes that have arrived
     * @param total bytes of the file, or −1 where the server does not say
     */
    void progress(long done, long total);
  }

  /**
   * The result.
   *
   * @param file its path in the cache
   * @param bytes its size
   * @param sha256 its SHA-256
   * @param downloaded false if it was in the cache, unchanged
   * @param resumed the byte from which the download went on; 0 for one from the start
   * @param trusted whether there is no checksum yet but that of this first download
   */
  public record Downloaded(
      Path file, long bytes, String sha256, boolean downloaded, long resumed, boolean trusted) {}

  private final WeightCache cache;
  private final Duration pause;

  /** A download into a cache. */
  public Download(WeightCache cache) {
    this(cache, PAUSE);
  }

  /**
   * A download with another pause.
   *
   * @param pause between two attempts
   */
  Download(WeightCache cache, Duration pause) {
    this.cache = cache;
    this.pause = pause;
  }

  /**
   * Downloads a file unless it is there, unchanged.
   *
   * @param force whether to download it even so
   * @throws BadInputException if it cannot be downloaded, or differs from what was published
   */
  public Downloaded fetch(PublishedFile published, boolean force, ProgressListener listener) {
    cache.make();
    Path file = cache.folder().resolve(published.file());
    try {
      if (Files.isRegularFile(file) && !force) {
        return present(published, file);
      }
      return download(published, file, listener);
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be written (%s); make room, or set TSUGIKI_CACHE to another folder"
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  private Downloaded present(PublishedFile published, Path file) throws IOException {
    String sha256 = hash(file, Hashing.sha256());
    Optional<String> fault = fault(published, file, file, sha256);
    if (fault.isPresent()) {
      throw new BadInputException(
          "%s %s; it has changed since it came, so fetch it again with ⟨force⟩"
              .formatted(file, fault.get()));
    }
    if (published.hasChecksum() && !cache.recorded(file).equals(Optional.of(sha256))) {
      cache.record(file, sha256); // It was put there by hand, and is what was published.
    }
    return new Downloaded(file, Files.size(file), sha256, false, 0, false);
  }

  private Downloaded download(PublishedFile published, Path file, ProgressListener listener)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Path version = file.resolveSibling(file.getFileName() + ".part.version");
    try (ProcessLock held = lock(file)) {
      long from;
      try (FileChannel out =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        try {
          from = new HttpDownload(published, part, version, listener, pause).fill(out);
        } finally {
          if (out.size() == 0) { // Nothing came that another download could go on from.
            Files.deleteIfExists(part);
            Files.deleteIfExists(version);
          }
        }
        out.force(true);
      }
      return keep(published, part, version, file, from);
    }
  }

  /** Checks what has come, and moves it to its name. */
  private Downloaded keep(PublishedFile published, Path part, Path version, Path file, long from)
      throws IOException {
    String sha256 = hash(part, Hashing.sha256());
    Optional<String> fault = fault(published, part, file, sha256);
    if (fault.isPresent()) {
      Files.delete(part);
      Files.deleteIfExists(version);
      throw new BadInputException(
          "what %s sends %s; nothing of it was kept, so try later, or get the file by hand"
              .formatted(published.address(), fault.get()));
    }
    boolean trusted = !published.hasChecksum() && cache.recorded(file).isEmpty();
    cache.record(file, sha256);
    DurableFolder.replace(part, file);
    Files.deleteIfExists(version);
    return new Downloaded(file, Files.size(file), sha256, true, from, trusted);
  }

  /**
   * Locks a file's download against others until what came is at its name. The lock is a file of
   * its own: the part is hashed and moved, and closing any channel of a file frees its locks.
   */
  private static ProcessLock lock(Path file) throws IOException {
    try {
      return ProcessLock.take(file.resolveSibling("." + file.getFileName() + ".lock"))
          .orElseThrow(
              () ->
                  new InUseException(
                      file + " is being written by another download; wait until it is done"));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The first check that a file fails, in words; empty if it passes all. */
  private Optional<String> fault(PublishedFile published, Path file, Path name, String sha256)
      throws IOException {
    if (published.bytes() > 0 && Files.size(file) != published.bytes()) {
      return Optional.of(
          "has %d bytes where %d are expected".formatted(Files.size(file), published.bytes()));
    }
    if (!sha256.startsWith(published.sha256())) {
      return Optional.of(
          "has the SHA-256 %s where %s is expected".formatted(sha256, published.sha256()));
    }
    if (!published.md5().isEmpty()) {
      String md5 = md5(file);
      if (!md5.equals(published.md5())) {
        return Optional.of(
            "has the MD5 %s where the publisher's is %s".formatted(md5, published.md5()));
      }
    }
    return cache
        .recorded(name)
        // A whole checksum from elsewhere is worth more than what an earlier download had.
        .filter(recorded -> !recorded.equals(sha256) && !sha256.equals(published.sha256()))
        .map(
            recorded ->
                "has the SHA-256 %s where %s recorded %s"
                    .formatted(sha256, WeightCache.sum(name).getFileName(), recorded));
  }

  /** A file's MD5, for publishers of 2016, who give nothing better. */
  @SuppressWarnings("deprecation")
  static String md5(Path file) throws IOException {
    return hash(file, Hashing.md5());
  }

  private static String hash(Path file, HashFunction function) throws IOException {
    try (Phase checking = Phase.begin("checking " + file)) {
      HashCode code = MoreFiles.asByteSource(file).hash(function);
      return code.toString().toLowerCase(Locale.ROOT);
    }
  }
}
