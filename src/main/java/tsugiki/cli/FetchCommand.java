package tsugiki.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.pretrained.PublishedFile;
import tsugiki.pretrained.WeightCache;
import tsugiki.pretrained.WeightFetcher;
import tsugiki.pretrained.WeightFetcher.FetchedFile;

/** The verb {@code fetch}. */
@Command(
    name = "fetch",
    description = {
      "Downloads published weights into the cache ($TSUGIKI_CACHE, otherwise ~/.cache/tsugiki),"
          + " goes on where an earlier download broke off, and checks size and checksum. Where the"
          + " publisher gives no checksum and --sha256 none, the first download is trusted and its"
          + " SHA-256 recorded."
    },
    sortOptions = false)
final class FetchCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "One of those that fetch without a name lists, such as inception, inception-torchvision,"
              + " vgg16 or lpips.")
  private String name;

  @Option(names = "--force", description = "Download again what is there already.")
  private boolean force;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "The SHA-256 that the file must have, where you know it from others.")
  private String sha256;

  @Spec private CommandSpec spec;
  @Mixin private ResultOptions result;

  private final List<PublishedFile> known;
  private final WeightCache cache;

  FetchCommand() {
    this(PublishedFile.all(), WeightCache.ofUser());
  }

  /** A command with other files or another cache. */
  FetchCommand(List<PublishedFile> known, WeightCache cache) {
    this.known = known;
    this.cache = cache;
  }

  @Override
  public void run() {
    UselessFlags.refuseUnless(
        name != null,
        spec,
        Set.of("--force", "--sha256"),
        "the NAME of what is fetched; fetch without flags lists them");
    if (name == null) {
      known.forEach(each -> result.print("%-22s %s", each.name(), each.about()));
      result.write(Map.of("files", known));
      return;
    }
    FetchedFile fetched = fetch(sha256 == null ? named() : named().withSha256(sha256));
    result.print("%s", described(fetched));
    result.write(fetched);
  }

  private PublishedFile named() {
    return known.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "fetch does not know %s; give one of %s"
                        .formatted(
                            name,
                            known.stream()
                                .map(PublishedFile::name)
                                .collect(Collectors.joining(", ")))));
  }

  private FetchedFile fetch(PublishedFile published) {
    try (Progress bar = new Progress(published.name())) {
      return new WeightFetcher(cache).fetch(published, force, bar);
    }
  }

  private static String described(FetchedFile fetched) {
    if (!fetched.download().downloaded()) {
      return fetched.file() + " is there already, with the checksum that it came with";
    }
    String check =
        fetched.download().trusted()
            ? "its publisher gives no checksum: this first download was trusted and recorded as"
            : "checked:";
    return "%s (%.1f MB; %s SHA-256 %s)"
        .formatted(
            fetched.file(), fetched.download().bytes() / 1e6, check, fetched.download().sha256());
  }
}
