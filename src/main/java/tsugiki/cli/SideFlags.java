package tsugiki.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;

/** The flags of {@code score} that say what is compared. */
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
      names = "--probabilities",
      paramLabel = "F.npy",
      description =
          "Class probabilities [N, C] of the generated images, from Inception's logits without"
              + " bias.")
  private Path probabilities;

  @Option(
      names = "--class-names",
      paramLabel = "F.txt",
      description = "The classes' names, one a line, for --probabilities-out.")
  private Path classNames;

  Optional<Path> real() {
    return Optional.ofNullable(real);
  }

  Optional<Path> generated() {
    return Optional.ofNullable(generated);
  }

  Optional<Path> probabilities() {
    return Optional.ofNullable(probabilities);
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
          "--class-names %s cannot be read as text; give a file with one name a line"
              .formatted(classNames),
          e);
    }
  }

  void check() {
    if (real == null && generated == null && probabilities == null) {
      throw new BadInputException(
          "score has nothing to look at; give --real and --generated, or --probabilities");
    }
  }
}
