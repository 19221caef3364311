package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.Sampler;

/** The flags of every verb that draws images with a model; a picocli mixin. */
final class SamplingOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "A model's folder, a run directory, or the name of a model that ships.")
  private String model;

  @Option(
      names = "--class",
      paramLabel = "C",
      description =
          "The class to draw, by name or number. Without it the class follows from the seed:"
              + " consecutive seeds go through all classes.")
  private String className;

  @Option(
      names = "--truncation",
      paramLabel = "T",
      defaultValue = "0.4",
      converter = Truncation.class,
      description =
          "Draw the latent vector's entries from within ±T: smaller is less varied and better;"
              + " 'none' for no limit. Default: ${DEFAULT-VALUE}.")
  private double truncation;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "auto",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Device device;

  /**
   * The model's folder.
   *
   * @throws tsugiki.base.BadInputException if there is no such model
   */
  Path model() {
    return ModelPath.find("--model", model);
  }

  /** The truncation as it is written into results: a number, or nothing for none. */
  Optional<Double> truncation() {
    return Optional.of(truncation).filter(Double::isFinite);
  }

  /** The class that the user named. */
  Optional<String> className() {
    return Optional.ofNullable(className);
  }

  /** Where the model runs. */
  Device device() {
    return device;
  }

  /** Loads the model; the caller closes the sampler. */
  Sampler open() {
    Path folder = model();
    LoadedGenerator generator = LoadedGenerator.open(folder, Sessions.Settings.on(device));
    try {
      return Sampler.of(generator, truncation, Optional.ofNullable(className));
    } catch (RuntimeException e) {
      generator.close();
      throw e;
    }
  }

  /** Reads a truncation: a number that leaves something to draw, or {@code none}. */
  static final class Truncation implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      if (value.equalsIgnoreCase("none")) {
        return LatentDraws.UNTRUNCATED;
      }
      try {
        double number = Double.parseDouble(value);
        if (number >= LatentDraws.MIN_TRUNCATION && Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // The sentence below says it for words and for numbers.
      }
      throw new TypeConversionException(
          "'"
              + value
              + "' is no truncation; write a number of at least "
              + LatentDraws.MIN_TRUNCATION
              + ", or none");
    }
  }
}
