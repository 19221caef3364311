package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;
import tsugiki.score.ClassTable;
import tsugiki.score.Metric;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreOptions;
import tsugiki.score.ScoreResult;
import tsugiki.score.Scoring;
import tsugiki.score.StatisticsFile;

/**
 * The files that {@code score} writes beside the figures; null where one was not asked for.
 *
 * @param saveStatistics mu and sigma of the real side
 * @param pairsOut a picture of the closest pairs
 * @param probabilitiesOut the classes of every image
 */
record ScoreFiles(OutputFile saveStatistics, OutputFile pairsOut, OutputFile probabilitiesOut) {
  static final RecordFlags<ScoreFiles> FLAGS = RecordFlags.of(ScoreFiles.class);

  /** Refuses files of another kind. */
  ScoreFiles {
    OutputFile.require("--save-statistics", saveStatistics, ".npz");
    OutputFile.require("--pairs-out", pairsOut, ".png");
    OutputFile.require("--probabilities-out", probabilitiesOut, ".csv", ".json", ".npy");
  }

  /** Refuses files that nothing can be written to, before any work. */
  void check(SideFlags sides, DrawnFlags drawn, ScoreOptions options) {
    boolean real = sides.real() != null;
    boolean generated = sides.generated() != null || drawn.given();
    require(saveStatistics, real, "--save-statistics needs --real; give it too");
    require(pairsOut, real, "--pairs-out needs --real; give it too");
    require(pairsOut, generated, "--pairs-out needs --generated; give it too");
    require(
        probabilitiesOut,
        generated || sides.probabilities() != null,
        "--probabilities-out needs --generated or --probabilities; give it too");
    boolean single = !drawn.given() || drawn.truncation() == null || drawn.truncation().size() == 1;
    require(pairsOut, single, "--pairs-out is of one set of images; give one --truncation");
    require(
        probabilitiesOut,
        single,
        "--probabilities-out is of one set of images; give one --truncation");
    require(
        pairsOut,
        options.wants(Metric.MEMORISED),
        "--pairs-out shows what the metric memorised finds; add it to --metrics");
    require(
        probabilitiesOut,
        options.wantsClasses(),
        "--probabilities-out needs class probabilities; add is or class-score to --metrics");
  }

  private static void require(OutputFile file, boolean possible, String sentence) {
    if (file != null && !possible) {
      throw new BadInputException(sentence);
    }
  }

  /** Refuses sides without images where a file shows images. */
  void check(Optional<ScoreInput> real, Optional<ScoreInput> generated) {
    if (pairsOut != null) {
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

  /** The files that were asked for. */
  List<Path> written() {
    return Stream.of(saveStatistics, pairsOut, probabilitiesOut)
        .filter(Objects::nonNull)
        .map(OutputFile::path)
        .toList();
  }

  /** Writes the files that were asked for. */
  void write(
      Scoring scoring,
      ScoreResult result,
      Optional<ScoreInput> real,
      Optional<ScoreInput> generated) {
    if (saveStatistics != null) {
      StatisticsFile.write(saveStatistics.path(), scoring.realStatistics());
    }
    if (pairsOut != null) {
      ImageSupply training = images(real, "--real");
      require(
          pairsOut,
          !result.closestPairs().isEmpty(),
          "--pairs-out has no pairs to show: %s holds too few images; give at least 2"
              .formatted(training));
      PairsPicture.write(
          pairsOut.path(), images(generated, "--generated"), training, result.closestPairs());
    }
    if (probabilitiesOut != null) {
      require(
          probabilitiesOut,
          result.classes().isPresent(),
          "--probabilities-out needs class probabilities, which this network does not give; name another, or give --probabilities");
      ClassTable.write(probabilitiesOut.path(), result.classes().orElseThrow());
    }
  }
}
