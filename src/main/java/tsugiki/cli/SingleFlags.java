package tsugiki.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tsugiki.single.SingleMode;
import tsugiki.single.SingleOptions;
import tsugiki.train.Execution;

/** The flags of the verb {@code single}: those of {@link SingleOptions}. */
final class SingleFlags {
  private static final RecordFlags<SingleOptions> ALL =
      RecordFlags.of(SingleOptions.of(Path.of(""), SingleMode.GENERATE, RunOptions.ANYWHERE))
          .without("image", "mode", "execution", "training.seed");

  private SingleFlags() {}

  /** What is learned, and what for. */
  static final class Parts {
    @Option(
        names = "--image",
        paramLabel = "F",
        description = "The photograph that a generator is trained on.")
    private Path image;

    @Option(
        names = "--mode",
        paramLabel = "M",
        description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private SingleMode mode = SingleMode.GENERATE;

    @Option(
        names = "--model",
        paramLabel = "DIR",
        description =
            "Train nothing, and draw --count images of --width and --height with this run or"
                + " model of an earlier one into the folder --out.")
    private String model;

    /** The options with the flags that were given; the defaults follow the mode. */
    SingleOptions options(CommandSpec spec, RunOptions run) {
      Execution execution = Execution.here(run.device());
      SingleOptions defaults = SingleOptions.of(image, mode, execution);
      return ALL.read(spec, defaults.withTraining(defaults.training().withSeed(run.seed())));
    }

    /** The model to draw with, or null. */
    String model() {
      return model;
    }
  }

  /** The flags of some components. */
  static FlagSection section(String... components) {
    return new FlagSection("single", ALL.only(components));
  }

  /** What is measured and drawn, with the flags that were given. */
  static SingleOptions drawing(CommandSpec spec) {
    return ALL.read(spec);
  }
}
