package tsugiki.pretrained;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tsugiki.base.Sha256;
import tsugiki.model.WeightsFile;

/** Tells published weights from others by their checksums. */
final class PublishedWeights {
  private PublishedWeights() {}

  /**
   * Identifies weights. They are published ones where a {@link Publication} has their checksum, or
   * where they are the file that {@code fetch} unpacked from an archive whose checksum is recorded.
   *
   * @param files the files that they are in; several are never published ones
   * @throws tsugiki.base.BadInputException if a file cannot be read
   */
  static WeightsFile identify(List<Path> files) {
    return identify(files, WeightCache.ofUser());
  }

  static WeightsFile identify(List<Path> files, WeightCache cache) {
    String sha256 = Sha256.of(files);
    boolean published =
        files.size() == 1
            && Publication.all().stream()
                .anyMatch(
                    publication ->
                        hasSum(publication, files.get(0), sha256)
                            || isFetched(publication, files.get(0), cache));
    return new WeightsFile(sha256, published);
  }

  private static boolean hasSum(Publication publication, Path file, String sha256) {
    if (!publication.sha256().isEmpty()) {
      return sha256.startsWith(publication.sha256());
    }
    return !publication.md5().isEmpty() && md5(file).equals(publication.md5());
  }

  @SuppressWarnings("deprecation") // The publisher gives no other sum.
  private static String md5(Path file) {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.md5()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFetched(Publication publication, Path file, WeightCache cache) {
    try {
      return !publication.member().isEmpty()
          && Files.isRegularFile(cache.file(publication))
          && Files.isSameFile(cache.file(publication), file)
          && cache.recorded(cache.folder().resolve(publication.file())).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
