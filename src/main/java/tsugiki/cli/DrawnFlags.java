package tsugiki.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.score.ScoreInput;

/** The flags of {@code score} for a model that draws the generated images. */
final class DrawnFlags {
  private static final double DEFAULT_TRUNCATION = 0.4;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Draw the generated images with a model, in place of --generated, without writing them:"
              + " those that generate --seed S --count N writes. The --json object then holds, under"
              + " scores, one object per truncation.")
  private String model;

  @Option(names = "--count", paramLabel = "N", description = "How many images of --model.")
  private Integer count;

  @Option(
      names = "--truncation",
      paramLabel = "T",
      split = ",",
      converter = SamplingOptions.Truncation.class,
      description =
          "Limits of the latent vector's entries, such as 0.4,0.7,1; 'none' for no limit. Each is"
              + " scored. Default: "
              + DEFAULT_TRUNCATION
              + ".")
  private List<Double> truncations = List.of();

  @Option(
      names = "--class",
      paramLabel = "C",
      description = "The class to draw, by name or number. Default: the seed decides.")
  private String className;

  /** Whether a model draws the images. */
  boolean given() {
    return model != null;
  }

  /** Refuses flags that do not go together. */
  void check() {
    boolean others = count != null || !truncations.isEmpty() || className != null;
    if (model == null && others) {
      throw new BadInputException(
          "--count, --truncation and --class are for the images of --model; give it too");
    }
    if (model != null && count == null) {
      throw new BadInputException("--model needs --count, the number of images; give it too");
    }
    if (count != null) {
      Checks.atLeast("count", count, 1);
    }
  }

  /** The number of images. */
  int count() {
    return count;
  }

  /** The model's folder. */
  Path folder() {
    return ModelPath.find("--model", model);
  }

  /** The truncations; infinite for none. */
  List<Double> truncations() {
    return truncations.isEmpty() ? List.of(DEFAULT_TRUNCATION) : truncations;
  }

  /** The images of one truncation. */
  ScoreInput images(LoadedGenerator generator, double truncation, long seed) {
    return ScoreInput.generated(
        generator,
        "%s, truncation %s".formatted(model, word(truncation)),
        count,
        truncation,
        seed,
        Optional.ofNullable(className));
  }

  /** A truncation as it is written. */
  static String word(double truncation) {
    return Double.isInfinite(truncation)
        ? "none"
        : BigDecimal.valueOf(truncation).stripTrailingZeros().toPlainString();
  }
}
