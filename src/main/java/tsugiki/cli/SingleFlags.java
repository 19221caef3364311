package tsugiki.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tsugiki.single.SingleMode;
import tsugiki.single.SingleOptions;
import tsugiki.train.Execution;

/** The flags of the verb {@code single}: those of {@link SingleOptions}. */
final class SingleFlags {
  private static final RecordFlags<SingleOptions> ALL =
      RecordFlags.of(SingleOptions.of(Path.of(""), SingleMode.GENERATE, RunOptions.ANYWHERE))
          .without("image", "execution");

  private SingleFlags() {}

  /** What is learned, and what for. */
  static final class Parts {
    @Option(
        names = "--image",
        paramLabel = "F",
        description = "The photograph that a generator is trained on.")
    private Path image;

    @Mixin private final FlagSection others = section("mode");

    /** The options with the flags that were given; the defaults follow the mode. */
    SingleOptions options(CommandSpec spec, Execution execution) {
      SingleMode mode = ALL.read(spec).mode();
      return ALL.read(spec, SingleOptions.of(image, mode, execution));
    }
  }

  /** The flags of some components; the seed is a flag of every run. */
  static FlagSection section(String... components) {
    return new FlagSection("single", ALL.without("training.seed").only(components));
  }

  /** What is drawn, with the flags that were given. */
  static SingleOptions drawing(CommandSpec spec) {
    return ALL.read(spec);
  }
}
