package tsugiki.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.UserCache;

/**
 * The folder that downloads go to. Beside each file there is one named {@code FILE.sha256} with the
 * checksum that it had when it came, in the form of {@code sha256sum}.
 *
 * @param folder where it is; made when something is put there
 */
public record WeightCache(Path folder) {
  private static final String SUM = ".sha256";

  /** The user's: {@code $TSUGIKI_CACHE}, otherwise {@code ~/.cache/tsugiki}. */
  public static WeightCache ofUser() {
    return new WeightCache(UserCache.folder());
  }

  /** The file of a publication, if it was fetched: what an archive holds, otherwise itself. */
  public Optional<Path> find(Publication publication) {
    return Optional.of(file(publication)).filter(Files::isRegularFile);
  }

  /**
   * The same for a network that was named without a file.
   *
   * @param argument the argument that named it, for the message
   * @throws BadInputException if it was not fetched
   */
  Path require(String argument, Publication publication) {
    return find(publication)
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s needs %s, which is not in the cache %s; run tools/tsugiki fetch %s, or give"
                            .formatted(argument, publication.file(), folder, publication.name())
                        + " a file of your own after a colon"));
  }

  /** Where {@link #find} looks. */
  Path file(Publication publication) {
    return folder.resolve(
        publication.member().isEmpty() ? publication.file() : publication.member());
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
          "%s cannot be read (%s); delete it to trust the next download".formatted(sum, e), e);
    }
  }

  /** Records a file's SHA-256. */
  void record(Path file, String sha256) throws IOException {
    Path draft = folder.resolve("." + file.getFileName() + SUM);
    Files.writeString(draft, sha256 + "  " + file.getFileName() + "\n");
    DurableFolder.replace(draft, sum(file));
  }

  /** Removes a download that turned out to be of no use, and its checksum with it. */
  void forget(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(sum(file));
    } catch (IOException e) {
      throw new BadInputException(
          "%s is of no use and cannot be deleted (%s); delete it".formatted(file, e), e);
    }
  }

  /** Makes the folder. */
  void make() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInputException(
          "the cache %s cannot be made (%s); set %s to a folder that you may write to"
              .formatted(folder, e, UserCache.VARIABLE),
          e);
    }
  }

  static Path sum(Path file) {
    return file.resolveSibling(file.getFileName() + SUM);
  }
}
