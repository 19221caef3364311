package tsugiki.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.data.Crop;
import tsugiki.score.ClassProbabilities;
import tsugiki.score.ScoreInput;

/**
 * The flags of {@code score} that name what is compared; null where one was not given.
 *
 * @param real the training images
 * @param generated the generated images
 * @param limit how many of either
 * @param crop what becomes of images that are not square
 * @param probabilities the file of the generated images' class probabilities
 * @param classNames the file of the classes' names
 */
record SideFlags(
    Path real, Path generated, Integer limit, Crop crop, Path probabilities, Path classNames) {
  static final RecordFlags<SideFlags> FLAGS = RecordFlags.of(SideFlags.class);

  /** Checks the limit; 0 takes all. */
  SideFlags {
    if (limit != null) {
      Checks.atLeast("limit", limit, 0);
    }
  }

  /** Opens the training images, where they are given. */
  Optional<ScoreInput> openReal() {
    return Optional.ofNullable(real).map(this::open);
  }

  /** Opens the generated images, where they are given as files. */
  Optional<ScoreInput> openGenerated() {
    return Optional.ofNullable(generated).map(this::open);
  }

  private ScoreInput open(Path path) {
    ScoreInput input = ScoreInput.open(path);
    try {
      ScoreInput cut = crop == Crop.SQUARE ? input.squared() : input;
      return limit == null || limit == 0 ? cut : cut.limit(limit);
    } catch (RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /** Reads the class probabilities, where they are given. */
  Optional<ClassProbabilities> readProbabilities() {
    return Optional.ofNullable(probabilities)
        .map(
            file ->
                new ClassProbabilities(
                    ScoreInput.features(file),
                    ClassProbabilities.INCEPTION,
                    readClassNames(),
                    List.of(),
                    "probabilities in " + file));
  }

  /** The names in the file; none without one. */
  List<String> readClassNames() {
    try {
      return classNames == null
          ? List.of()
          : Files.readAllLines(classNames, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadInputException(
          "--class-names %s cannot be read as text; give a file with one name per line"
              .formatted(classNames),
          e);
    }
  }

  /**
   * Refuses sides that lead to nothing, and flags of sides that are not there.
   *
   * @param drawn whether a model draws the generated images
   * @param statistics whether the statistics of the real images are to be saved
   */
  void check(CommandSpec spec, boolean drawn, boolean statistics) {
    if (!drawn && Stream.of(real, generated, probabilities).allMatch(side -> side == null)) {
      throw new BadInputException(
          "score has no input; give --real and --generated, or --probabilities");
    }
    if (real != null && generated == null && !drawn && !statistics) {
      throw new BadInputException(
          "--real %s is given and nothing to compare with it; give --generated, or --save-statistics"
              .formatted(real));
    }
    if (drawn && (generated != null || probabilities != null)) {
      throw new BadInputException(
          "--model draws the generated images; leave out --generated and --probabilities beside it");
    }
    UselessFlags.refuseUnless(
        real != null || generated != null,
        spec,
        FLAGS.only("limit", "crop").names(),
        "--real or --generated");
  }
}
