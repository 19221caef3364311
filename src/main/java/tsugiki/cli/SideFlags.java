package tsugiki.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.score.ClassProbabilities;
import tsugiki.score.ScoreInput;

/** The flags of {@code score} that name what is compared. */
final class SideFlags {
  @Option(
      names = "--real",
      paramLabel = "P",
      description =
          "The training images: a folder (deep), a zip, a folder in a zip, or one image; or .npy"
              + " features [N, D]; or .npz statistics with mu and sigma.")
  private Path real;

  @Option(
      names = "--generated",
      paramLabel = "P",
      description = "The generated images, likewise. grid.png of a generated folder is left out.")
  private Path generated;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Take the first N images of --real and of --generated alone, or the first N rows of"
              + " features. Default: all.")
  private Integer limit;

  @Option(
      names = "--probabilities",
      paramLabel = "F.npy",
      description =
          "Class probabilities [N, C] of the generated images, from Inception's logits without"
              + " bias.")
  private Path probabilities;

  @Option(
      names = "--class-names",
      paramLabel = "F.txt",
      description = "The classes' names, one per line, for --probabilities-out.")
  private Path classNames;

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
      return limit == null ? input : input.limit(limit);
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
                    classNames(),
                    List.of(),
                    "probabilities in " + file));
  }

  boolean hasReal() {
    return real != null;
  }

  boolean hasGenerated() {
    return generated != null;
  }

  boolean hasProbabilities() {
    return probabilities != null;
  }

  /** The names in the file; none without one. */
  List<String> classNames() {
    if (classNames == null) {
      return List.of();
    }
    try {
      return Files.readAllLines(classNames, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadInputException(
          "--class-names %s cannot be read as text; give a file with one name per line"
              .formatted(classNames),
          e);
    }
  }

  /**
   * Refuses sides that lead to nothing.
   *
   * @param drawn whether a model draws the generated images
   * @param statistics whether the statistics of the real images are to be saved
   */
  void check(boolean drawn, boolean statistics) {
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
  }
}
