package tsugiki.pretrained;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;
import tsugiki.pretrained.Download.Downloaded;
import tsugiki.pretrained.Download.ProgressListener;

/**
 * The published generators that are fetched and imported when they are first used. The archive and
 * the imported model both stay in the cache.
 */
public final class PublishedGenerators {
  private static final String GRAPH = "saved_model.pb";

  private final WeightCache cache;
  private final List<PublishedFile> known;

  /** The generators that {@code fetch} knows, in the user's cache. */
  public PublishedGenerators() {
    this(WeightCache.ofUser(), HubModules.ALL);
  }

  /** Other ones, or another cache. */
  public PublishedGenerators(WeightCache cache, List<PublishedFile> known) {
    this.cache = cache;
    this.known = List.copyOf(known);
  }

  /** The publication of that name. */
  public Optional<PublishedFile> find(String name) {
    return known.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The folder of the imported model, whether it is there or not. */
  public Path folder(PublishedFile published) {
    return cache.folder().resolve(published.name());
  }

  /** Whether it was imported. */
  public boolean isThere(PublishedFile published) {
    return Files.isRegularFile(folder(published).resolve(GRAPH));
  }

  /** What the publication of a network of that format and size is called, but for its labels. */
  private static String shape(ImportedBigGan model) {
    String kind =
        switch (model.format()) {
          case BIGGAN_DEEP_TFHUB -> "biggan-deep-";
          case S3GAN_TFHUB -> "s3gan-";
          default -> "biggan-";
        };
    return kind + model.architecture().size();
  }

  /** The same by its name: those of S³GAN have the share of the labels in the middle. */
  private static String shape(PublishedFile published) {
    return published.name().replaceFirst("^s3gan-[0-9.]+-", "s3gan-");
  }

  /**
   * Fetches a generator, unless its archive is there, and imports it.
   *
   * @return what was fetched
   * @throws BadInputException if it cannot be fetched, or is not what its name says
   */
  public Downloaded bring(PublishedFile published, ProgressListener listener) {
    Downloaded download = new Download(cache).fetch(published, false, listener);
    try (Phase importing = Phase.begin("importing " + published.name())) {
      ImportedBigGan model = opened(published, download);
      List<String> names = ClassNames.ofImageNet(model.architecture().classes());
      model.write(names, false, folder(published));
    }
    return download;
  }

  private ImportedBigGan opened(PublishedFile published, Downloaded download) {
    try {
      ImportedBigGan model =
          PublishedBigGans.open(published.name(), download.file(), Optional.empty());
      String found = shape(model);
      if (!shape(published).equals(found)) {
        throw new BadInputException(
            "%s holds a network of the shape of %s and not %s; fetch it again"
                .formatted(download.file(), found, shape(published)));
      }
      return model;
    } catch (BadInputException e) {
      cache.forgetIfUnusable(download, e);
      throw e;
    }
  }
}
