package tsugiki.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;
import tsugiki.score.ClassTable;
import tsugiki.score.Metric;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreOptions;
import tsugiki.score.ScoreResult;
import tsugiki.score.Scoring;
import tsugiki.score.StatisticsFile;

/** The flags of {@code score} for files that are written beside the figures. */
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
          "Write every image's most probable classes (.csv or .json), or all probabilities (.npy).")
  private OutputFile probabilities;

  /** Whether statistics of the real side are to be saved. */
  boolean savesStatistics() {
    return statistics != null;
  }

  /** The options with what the files need. */
  ScoreOptions forFiles(ScoreOptions options) {
    if (pairs != null && !options.wants(Metric.MEMORISED)) {
      throw new BadInputException(
          "--pairs-out shows what the metric memorised finds; add it to --metrics");
    }
    if (probabilities != null && !options.wantsClasses()) {
      throw new BadInputException(
          "--probabilities-out needs class probabilities; add is or class-score to --metrics");
    }
    return options.withKeepProbabilities(probabilities != null);
  }

  /** Refuses files that nothing can be written to, before any work. */
  void check(SideFlags sides, DrawnFlags drawn) {
    if (statistics != null) {
      statistics.require("--save-statistics", ".npz");
      require("--save-statistics", sides.hasReal(), "--real");
    }
    boolean generated = sides.hasGenerated() || drawn.given();
    if (pairs != null) {
      pairs.require("--pairs-out", ".png");
      require("--pairs-out", sides.hasReal(), "--real");
      require("--pairs-out", generated, "--generated");
    }
    if (probabilities != null) {
      probabilities.require("--probabilities-out", ".csv", ".json", ".npy");
      boolean given = generated || sides.hasProbabilities();
      require("--probabilities-out", given, "--generated or --probabilities");
    }
    boolean several = drawn.given() && drawn.truncations().size() > 1;
    if (several && (pairs != null || probabilities != null)) {
      throw new BadInputException(
          "--pairs-out and --probabilities-out are of one set of images; give one --truncation");
    }
  }

  private static void require(String flag, boolean given, String needed) {
    if (!given) {
      throw new BadInputException("%s needs %s; give it too".formatted(flag, needed));
    }
  }

  /** Refuses sides without images where a file shows images. */
  void check(Optional<ScoreInput> real, Optional<ScoreInput> generated) {
    if (pairs != null) {
      images(real, "--real");
      images(generated, "--generated");
    }
  }

  private static ImageSupply images(Optional<ScoreInput> side, String flag) {
    return side.flatMap(ScoreInput::images)
        .orElseThrow(
            () ->
                new BadInputException(
                    "--pairs-out needs images; give a folder, a zip or an image as " + flag));
  }

  /** Writes the files whose flags were given. */
  void write(
      Scoring scoring,
      ScoreResult result,
      Optional<ScoreInput> real,
      Optional<ScoreInput> generated) {
    if (statistics != null) {
      StatisticsFile.write(statistics.path(), scoring.realStatistics());
    }
    if (pairs != null) {
      ImageSupply training = images(real, "--real");
      if (result.closestPairs().isEmpty()) {
        throw new BadInputException(
            "--pairs-out has no pairs to show: %s holds too few images; give at least 2"
                .formatted(training));
      }
      PairsPicture.write(
          pairs.path(), images(generated, "--generated"), training, result.closestPairs());
    }
    if (probabilities != null) {
      ClassTable.write(
          probabilities.path(),
          result
              .classes()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "--probabilities-out needs class probabilities, which this network does not give; name another, or give --probabilities")));
    }
  }
}
