package tsugiki.pretrained;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;

/**
 * Brings a published file into the cache. It is written to {@code FILE.part}, from where a download
 * that broke off goes on, if the server still has the same version; checked; and only then moved to
 * its name. Where the publisher tells no checksum, the first download is trusted and every later
 * one must be the same.
 */
public final class Download {
  private static final long PAUSE_MILLIS = 1_000;

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called every now and then.
     *
     * @param done bytes that are here
     * @param total bytes of the file, or −1 where the server does not say
     */
    void at(long done, long total);
  }

  /**
   * What came.
   *
   * @param file where it is
   * @param bytes its size
   * @param sha256 of the file
   * @param downloaded false if it was in the cache, unchanged
   * @param resumed the byte from which the download went on; 0 for one from the start
   * @param trusted whether nothing but this first download tells what the file should be
   */
  public record Outcome(
      Path file, long bytes, String sha256, boolean downloaded, long resumed, boolean trusted) {}

  private final WeightCache cache;
  private final long pauseMillis;

  /** Makes one for a cache. */
  public Download(WeightCache cache) {
    this(cache, PAUSE_MILLIS);
  }

  /** Makes one that waits otherwise between its attempts. */
  Download(WeightCache cache, long pauseMillis) {
    this.cache = cache;
    this.pauseMillis = pauseMillis;
  }

  /**
   * Gets a file unless it is there as it should be.
   *
   * @param again whether to get it even so
   * @throws BadInputException if it cannot be had, or is not what it should be: one sentence
   */
  public Outcome fetch(Publication publication, boolean again, Listener listener) {
    cache.make();
    Path file = cache.folder().resolve(publication.file());
    try {
      if (Files.isRegularFile(file) && !again) {
        return present(publication, file);
      }
      return download(publication, file, listener);
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be written (%s); make room, or set TSUGIKI_CACHE to another folder"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private Outcome present(Publication publication, Path file) throws IOException {
    String sha256 = hash(file, Hashing.sha256());
    Optional<String> fault = fault(publication, file, file, sha256);
    if (fault.isPresent()) {
      throw new BadInputException(
          "%s %s; it has changed since it came, so fetch it again with ⟨force⟩"
              .formatted(file, fault.get()));
    }
    return new Outcome(file, Files.size(file), sha256, false, 0, false);
  }

  private Outcome download(Publication publication, Path file, Listener listener)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Path version = file.resolveSibling(file.getFileName() + ".part.version");
    long from;
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(out, part);
      try {
        from = new Filling(publication, part, version, listener, pauseMillis).fill(out);
      } finally {
        if (out.size() == 0) { // Nothing came that another download could go on from.
          Files.deleteIfExists(part);
          Files.deleteIfExists(version);
        }
      }
      out.force(true);
    }
    String sha256 = hash(part, Hashing.sha256());
    Optional<String> fault = fault(publication, part, file, sha256);
    if (fault.isPresent()) {
      Files.delete(part);
      Files.deleteIfExists(version);
      throw new BadInputException(
          "what %s sends %s; nothing of it was kept, so try later, or get the file by hand"
              .formatted(publication.address(), fault.get()));
    }
    boolean trusted = !publication.hasChecksum() && cache.recorded(file).isEmpty();
    cache.record(file, sha256);
    DurableFolder.replace(part, file);
    Files.deleteIfExists(version);
    return new Outcome(file, Files.size(file), sha256, true, from, trusted);
  }

  /** Keeps others from the file until the channel is closed. */
  private static void lock(FileChannel out, Path part) throws IOException {
    boolean locked;
    try {
      locked = out.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false; // Another thread of this process has it.
    }
    if (!locked) {
      throw new BadInputException(
          part + " is being written by another download; wait until it is done");
    }
  }

  /** What is wrong with a file, if anything is. */
  private Optional<String> fault(Publication wanted, Path file, Path name, String sha256)
      throws IOException {
    if (wanted.bytes() > 0 && Files.size(file) != wanted.bytes()) {
      return Optional.of(
          "has %d bytes where %d are expected".formatted(Files.size(file), wanted.bytes()));
    }
    if (!sha256.startsWith(wanted.sha256())) {
      return Optional.of(
          "has the SHA-256 %s where the publisher's is %s".formatted(sha256, wanted.sha256()));
    }
    if (!wanted.md5().isEmpty()) {
      String md5 = hash(file, md5());
      if (!md5.equals(wanted.md5())) {
        return Optional.of(
            "has the MD5 %s where the publisher's is %s".formatted(md5, wanted.md5()));
      }
    }
    return cache
        .recorded(name)
        .filter(recorded -> !recorded.equals(sha256))
        .map(
            recorded ->
                "has the SHA-256 %s where %s recorded %s"
                    .formatted(sha256, WeightCache.sum(name).getFileName(), recorded));
  }

  /** Publishers of 2016 tell no better one; it is checked beside the recorded SHA-256. */
  @SuppressWarnings("deprecation")
  private static HashFunction md5() {
    return Hashing.md5();
  }

  private static String hash(Path file, HashFunction function) throws IOException {
    HashCode code = MoreFiles.asByteSource(file).hash(function);
    return code.toString().toLowerCase(Locale.ROOT);
  }
}
