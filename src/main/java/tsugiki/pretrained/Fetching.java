package tsugiki.pretrained;

import java.nio.file.Files;
import java.nio.file.Path;
import tsugiki.base.BadInputException;
import tsugiki.pretrained.Download.Listener;
import tsugiki.pretrained.Download.Outcome;

/** From a publication to a file that can be used: downloaded, checked and, if packed, unpacked. */
public final class Fetching {
  /**
   * What is in the cache now.
   *
   * @param name what {@code fetch} calls it
   * @param address where it came from
   * @param download the file as it was published
   * @param file the file to use
   */
  public record Fetched(String name, String address, Outcome download, Path file) {}

  private final WeightCache cache;
  private final Download download;

  /** Fetches into a cache. */
  public Fetching(WeightCache cache) {
    this.cache = cache;
    this.download = new Download(cache);
  }

  /**
   * Fetches.
   *
   * @param again whether to download what is there already
   * @throws BadInputException if it cannot be had, or is not what it should be
   */
  public Fetched fetch(Publication publication, boolean again, Listener listener) {
    Outcome outcome = download.fetch(publication, again, listener);
    Path file = cache.file(publication);
    if (!publication.member().isEmpty() && (outcome.downloaded() || !Files.isRegularFile(file))) {
      unpack(outcome, file.getParent());
    }
    return new Fetched(publication.name(), publication.address().toString(), outcome, file);
  }

  private void unpack(Outcome outcome, Path folder) {
    try {
      InceptionArchive.unpack(outcome.file(), folder);
    } catch (BadInputException e) {
      if (outcome.trusted()) {
        cache.forget(outcome.file()); // Else no later download could be another one.
      }
      throw e;
    }
  }
}
