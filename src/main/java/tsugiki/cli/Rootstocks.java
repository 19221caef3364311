package tsugiki.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tsugiki.pretrained.Download.Downloaded;
import tsugiki.pretrained.PublishedFile;
import tsugiki.pretrained.PublishedGenerators;

/**
 * The finder of the generator that {@code graft} begins with: a model as {@link ModelPath} finds
 * it, or a published one that is fetched and imported at its first use.
 *
 * @param published the generators that can be fetched
 * @param result where it says what it does
 */
record Rootstocks(PublishedGenerators published, ResultOptions result) {

  /**
   * The folder of the SavedModel.
   *
   * @param name what the user typed; a folder of that name comes before a published generator
   * @throws tsugiki.base.BadInputException if there is none, or it cannot be fetched
   */
  Path find(String name) {
    Optional<PublishedFile> known = published.find(name);
    if (known.isEmpty() || Files.exists(Path.of(name))) {
      return ModelPath.find("--generator", name);
    }
    Path folder = published.folder(known.get());
    if (!published.isThere(known.get())) {
      bring(known.get(), folder);
    }
    return folder;
  }

  private void bring(PublishedFile file, Path folder) {
    result.print(
        "%s is not imported yet; its archive comes from the cache, or from %s",
        file.name(), file.address());
    try (Progress bar = new Progress(file.name())) {
      Downloaded download = published.bring(file, bar);
      result.print(
          "%s (%.1f MB, SHA-256 %s) is imported; the model is in %s",
          download.file(), download.bytes() / 1e6, download.sha256(), folder);
    }
  }
}
