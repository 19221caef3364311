package tsugiki.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.score.ScoreInput;

/**
 * The flags of {@code score} for a model that draws the generated images.
 *
 * @param model its name, or null
 * @param count the number of images, or null
 * @param truncation the limits of the latent vector's entries, infinite for none; or null
 * @param className the class to draw, or null
 */
record DrawnFlags(String model, Integer count, List<Double> truncation, String className) {
  static final RecordFlags<DrawnFlags> FLAGS =
      RecordFlags.of(new DrawnFlags(null, null, null, null))
          .option("truncation", option -> option.converters(new SamplingOptions.Truncation()))
          .named("className", "class");

  /** Refuses flags that do not go together. */
  DrawnFlags {
    if (model == null && (count != null || className != null || truncation != null)) {
      throw new BadInputException(
          "--count, --truncation and --class are for the images of --model; give it too");
    }
    if (model != null && count == null) {
      throw new BadInputException("--model needs --count, the number of images; give it too");
    }
    if (count != null) {
      Checks.size("count", count, 1);
    }
  }

  /** Whether a model draws the images. */
  boolean given() {
    return model != null;
  }

  /** The model's folder. */
  Path folder() {
    return ModelPath.find("--model", model);
  }

  /** The limits that were given, or else that of the model's own samples. */
  List<Double> limits() {
    return truncation == null ? List.of(ModelMetadata.usualTruncation(folder())) : truncation;
  }

  /** The images of one truncation. */
  ScoreInput images(LoadedGenerator generator, double limit, long seed) {
    return ScoreInput.generated(
        generator,
        "%s, truncation %s".formatted(model, word(limit)),
        count,
        limit,
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
