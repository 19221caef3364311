package tsugiki.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;

/** The flags of {@code score} that say what is written beside the figures. */
final class ScoreOutputFlags {
  @Option(
      names = "--save-statistics",
      converter = OutputFile.Converter.class,
      paramLabel = "F.npz",
      description =
          "Write mu and sigma of the real side, as pytorch-fid and TTUR read them, for another"
              + " time's --real.")
  private OutputFile statistics;

  @Option(
      names = "--pairs-out",
      converter = OutputFile.Converter.class,
      paramLabel = "F.png",
      description =
          "Write a picture of the generated images (left) that are closest to a training image"
              + " (right).")
  private OutputFile pairs;

  @Option(
      names = "--probabilities-out",
      converter = OutputFile.Converter.class,
      paramLabel = "F",
      description =
          "Write every image's likeliest classes (.csv or .json), or all probabilities (.npy).")
  private OutputFile probabilities;

  Optional<OutputFile> statistics() {
    return Optional.ofNullable(statistics);
  }

  Optional<OutputFile> pairs() {
    return Optional.ofNullable(pairs);
  }

  Optional<OutputFile> probabilities() {
    return Optional.ofNullable(probabilities);
  }

  /** Refuses files that nothing can be written to, before any work. */
  void check(SideFlags sides) {
    statistics()
        .ifPresent(
            file -> {
              file.require("--save-statistics", ".npz");
              require("--save-statistics", sides.real().isPresent(), "--real");
            });
    pairs()
        .ifPresent(
            file -> {
              file.require("--pairs-out", ".png");
              require("--pairs-out", sides.real().isPresent(), "--real");
              require("--pairs-out", sides.generated().isPresent(), "--generated");
            });
    probabilities()
        .ifPresent(
            file -> {
              file.require("--probabilities-out", ".csv", ".json", ".npy");
              boolean given = sides.generated().isPresent() || sides.probabilities().isPresent();
              require("--probabilities-out", given, "--generated or --probabilities");
            });
  }

  private static void require(String flag, boolean given, String needed) {
    if (!given) {
      throw new BadInputException("%s needs %s; give it too".formatted(flag, needed));
    }
  }
}
