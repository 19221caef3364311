package tsugiki.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tsugiki.base.BadInputException;
import tsugiki.base.FileDigest;
import tsugiki.base.Phase;
import tsugiki.base.Reason;
import tsugiki.pretrained.Download.Downloaded;
import tsugiki.pretrained.Download.ProgressListener;

/**
 * Fetches a published file into the cache: downloads it, checks it and, if it is an archive,
 * unpacks it.
 */
public final class WeightFetcher {
  /**
   * What is in the cache now.
   *
   * @param name the name that {@code fetch} knows it by
   * @param address where it came from
   * @param download the file as it was published
   * @param file the file to use
   */
  public record FetchedFile(String name, String address, Downloaded download, Path file) {}

  private final WeightCache cache;
  private final Download download;

  /** A fetcher for a cache. */
  public WeightFetcher(WeightCache cache) {
    this.cache = cache;
    this.download = new Download(cache);
  }

  /**
   * Downloads a file unless it is in the cache, checks it, and unpacks an archive.
   *
   * @param force whether to download a file that is there already
   * @throws BadInputException if it cannot be downloaded, or differs from what was published
   */
  public FetchedFile fetch(PublishedFile published, boolean force, ProgressListener listener) {
    Downloaded downloaded = download.fetch(published, force, listener);
    Path file = cache.file(published);
    if (!published.member().isEmpty()
        && (downloaded.downloaded()
            || !Files.isRegularFile(file)
            || cache.recorded(file).isEmpty())) {
      unpack(downloaded, file);
    }
    return new FetchedFile(published.name(), published.address().toString(), downloaded, file);
  }

  private void unpack(Downloaded archive, Path file) {
    try (Phase unpacking = Phase.begin("unpacking " + archive.file())) {
      InceptionArchive.unpack(archive.file(), file.getParent());
      cache.record(file, FileDigest.sha256(file));
    } catch (BadInputException e) {
      cache.forgetIfUnusable(archive, e);
      throw e;
    } catch (IOException e) {
      throw new BadInputException(
          "the SHA-256 of %s cannot be recorded (%s); make room, or set TSUGIKI_CACHE to another folder"
              .formatted(file, Reason.of(e)),
          e);
    }
  }
}
