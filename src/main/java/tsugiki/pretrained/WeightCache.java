package tsugiki.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.FileDigest;
import tsugiki.base.Reason;
import tsugiki.base.SystemRefusal;
import tsugiki.base.UserCache;
import tsugiki.pretrained.Download.Downloaded;

/**
 * The folder that downloads go to. Beside each file lies {@code FILE.sha256} with the checksum that
 * the file had when it was downloaded, in the form of {@code sha256sum}.
 *
 * <p>A file is checked against that checksum, and against the publisher's SHA-256, each time that a
 * process first uses it. The publisher's MD5, where there is nothing better, is checked on
 * downloading, and at each use of a file without a recorded checksum, which was put there by hand.
 * Hashing takes 0.4–0.7 s for 100 MB and 1.2–1.5 s for 500 MB on one core of a Xeon with SHA
 * instructions, 1.8 s and 7.8 s without them; {@link FileDigest} does it once per process.
 *
 * @param folder its path; made when something is put there
 */
public record WeightCache(Path folder) {
  private static final String SUM = ".sha256";

  /** The user's: {@code $TSUGIKI_CACHE}, otherwise {@code ~/.cache/tsugiki}. */
  public static WeightCache ofUser() {
    return new WeightCache(UserCache.folder());
  }

  /**
   * The cached file of a publication: the file itself, or the one that is used of an archive.
   *
   * @return empty if it was not fetched
   * @throws BadInputException if its checksum is not its publisher's, or not the one that it was
   *     downloaded with
   */
  public Optional<Path> find(PublishedFile published) {
    Path file = file(published);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String sha256 = sha256(file);
    Optional<String> known = recorded(file);
    if (published.member().isEmpty()) {
      if (!sha256.startsWith(published.sha256())) {
        throw changed(published, file, "SHA-256 " + sha256, ofPublisher(published.sha256()));
      }
      if (known.isEmpty() && !published.md5().isEmpty()) {
        checkMd5(published, file);
      }
    }
    known
        .filter(recorded -> !recorded.equals(sha256))
        .ifPresent(
            recorded -> {
              throw changed(
                  published,
                  file,
                  "SHA-256 " + sha256,
                  "%s recorded %s".formatted(sum(file).getFileName(), recorded));
            });
    return Optional.of(file);
  }

  private static void checkMd5(PublishedFile published, Path file) {
    String md5;
    try {
      md5 = Download.md5(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (!md5.equals(published.md5())) {
      throw changed(published, file, "MD5 " + md5, ofPublisher(published.md5()));
    }
  }

  private static String ofPublisher(String checksum) {
    return "its publisher has " + checksum;
  }

  private static BadInputException changed(
      PublishedFile published, Path file, String checksum, String expected) {
    return new BadInputException(
        "%s has the %s where %s; it has changed since it was downloaded, so run tools/tsugiki fetch %s with ⟨force⟩"
            .formatted(file, checksum, expected, published.name()));
  }

  private static String sha256(Path file) {
    try {
      return FileDigest.sha256(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static BadInputException unreadable(Path file, IOException e) {
    return new BadInputException(
        "%s cannot be read (%s); make it readable, or delete it and fetch it again"
            .formatted(file, Reason.of(e)),
        e);
  }

  /**
   * {@link #find} for a network that was named without a file.
   *
   * @param argument the argument that named it, for the message
   * @throws BadInputException if it was not fetched, or has changed
   */
  Path require(String argument, PublishedFile published) {
    return find(published)
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s needs %s, which is not in the cache %s; run tools/tsugiki fetch %s, or give"
                            .formatted(argument, published.file(), folder, published.name())
                        + " a file of your own after a colon"));
  }

  /**
   * Whether a file, wherever it lies, is one that {@code fetch} knows: by its publisher's SHA-256
   * or, where the publisher gives none of the file that is used, by the one recorded here.
   *
   * @throws BadInputException if it cannot be read
   */
  boolean isPublished(Path file) {
    String sha256 = sha256(file);
    return PublishedFile.all().stream()
        .anyMatch(
            each ->
                each.member().isEmpty() && !each.sha256().isEmpty()
                    ? sha256.startsWith(each.sha256())
                    : recorded(file(each)).filter(sha256::equals).isPresent());
  }

  /** Where {@link #find} looks. */
  Path file(PublishedFile published) {
    return folder.resolve(published.member().isEmpty() ? published.file() : published.member());
  }

  /** The SHA-256 that a downloaded file was recorded with. */
  Optional<String> recorded(Path file) {
    Path sum = sum(file);
    try {
      return Files.isRegularFile(sum)
          ? Optional.of(Files.readString(sum).strip().split("\\s+")[0])
          : Optional.empty();
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be read (%s); delete it to trust the next download"
              .formatted(sum, Reason.of(e)),
          e);
    }
  }

  /** Records a file's SHA-256. */
  void record(Path file, String sha256) throws IOException {
    DurableFolder.put(sum(file), sha256 + "  " + file.getFileName() + "\n");
  }

  /**
   * Deletes a first download that is unusable, and its checksum, from which no later one could
   * differ otherwise. One that came to nothing because the machine refused, such as a full disk,
   * stays.
   *
   * @param failure why it is unusable
   */
  void forgetIfUnusable(Downloaded download, BadInputException failure) {
    if (!download.trusted() || SystemRefusal.ofMachine(failure)) {
      return;
    }
    Path file = download.file();
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(sum(file));
    } catch (IOException e) {
      throw new BadInputException(
          "%s is unusable and cannot be deleted (%s); delete it".formatted(file, Reason.of(e)), e);
    }
  }

  /** Makes the folder. */
  void make() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInputException(
          "the cache %s cannot be made (%s); set %s to a folder that you may write to"
              .formatted(folder, Reason.of(e), UserCache.VARIABLE),
          e);
    }
  }

  static Path sum(Path file) {
    return file.resolveSibling(file.getFileName() + SUM);
  }
}
