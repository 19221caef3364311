package tsugiki.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.graft.GraftOptions;
import tsugiki.train.Execution;

/** The flags of the verb {@code graft}: those of {@link GraftOptions}. */
final class GraftFlags {
  private static final Path UNKNOWN = Path.of("");

  private static final RecordFlags<GraftOptions> ALL =
      RecordFlags.of(GraftOptions.of(UNKNOWN, UNKNOWN, RunOptions.ANYWHERE))
          .without("images", "generator", "execution")
          .named("watch.scoreNetworks", "network")
          // The name of a network may hold commas.
          .option("watch.scoreNetworks", option -> option.splitRegex(""))
          .option("groupSize", option -> option.type(String.class))
          .value("groupSize", GraftFlags::groupSize);

  private GraftFlags() {}

  /** What is grafted onto what. */
  static final class Parts {
    @Option(
        names = "--images",
        paramLabel = "P",
        description = "The images to adapt to: a folder, a zip or one image.")
    private Path images;

    @Option(
        names = "--generator",
        paramLabel = "DIR",
        description =
            "The rootstock: a SavedModel that train wrote, a run, or the name of a model"
                + " that ships. Default: ${DEFAULT-VALUE}.")
    private String generator = "starter-64";

    @Mixin
    private final FlagSection others =
        section("limit", "crop", "method", "groupSize", "mixedSites", "rank", "plainLastSite");

    /** The options with the flags that were given. */
    GraftOptions options(CommandSpec spec, Execution execution) {
      Path rootstock = ModelPath.find("--generator", generator);
      return read(spec, GraftOptions.of(images, rootstock, execution));
    }
  }

  /** The options with the flags that were given. */
  static GraftOptions read(CommandSpec spec, GraftOptions others) {
    return ALL.read(spec, others);
  }

  /** The flags of some components; the seed is a flag of every run. */
  static FlagSection section(String... components) {
    return new FlagSection("graft", ALL.without("learning.seed").only(components));
  }

  /** The group size, 0 for all channels. */
  private static int groupSize(Object given) {
    String text = given.toString();
    if (text.equals("all")) {
      return 0;
    }
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new BadInputException("--group-size is " + text + "; give a number from 1, or all");
    }
    return Integer.parseInt(text);
  }
}
