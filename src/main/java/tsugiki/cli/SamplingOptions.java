package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tsugiki.cluster.BulkSession;
import tsugiki.cluster.DrawnImages;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.Sampler;
import tsugiki.train.Execution;

/** The flags of every verb that draws images with a model; a picocli mixin. */
final class SamplingOptions {
  /** The flags; checkpoint, class and truncation are null where they were not given. */
  private record Flags(
      String model, String checkpoint, String className, Double truncation, Device device) {
    static final RecordFlags<Flags> ALL =
        RecordFlags.of(new Flags("", null, null, null, Device.AUTO))
            .option("model", option -> option.required(true))
            .named("className", "class")
            .option("truncation", option -> option.converters(new Truncation()));
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  @Mixin private final FlagSection flags = new FlagSection("sampling", Flags.ALL);

  private Flags given() {
    return Flags.ALL.read(verb);
  }

  /**
   * The model's folder.
   *
   * @throws tsugiki.base.BadInputException if there is no such model
   */
  Path model() {
    Flags given = given();
    return given.checkpoint == null
        ? ModelPath.find("--model", given.model)
        : CheckpointModel.find(
            "--model", given.model, given.checkpoint, Execution.here(given.device));
  }

  /** The truncation that was given, or else that of the model's own samples. */
  private double truncation(Path folder) {
    return Optional.ofNullable(given().truncation)
        .orElseGet(() -> ModelMetadata.usualTruncation(folder));
  }

  /** The class that the user named. */
  Optional<String> className() {
    return Optional.ofNullable(given().className);
  }

  /** Where the model runs. */
  Device device() {
    return given().device;
  }

  /** Loads the model; the caller closes the sampler. */
  Sampler open() {
    Path folder = model();
    LoadedGenerator generator = LoadedGenerator.open(folder, Sessions.Settings.on(device()));
    try {
      return Sampler.of(generator, truncation(folder), className());
    } catch (RuntimeException e) {
      generator.close();
      throw e;
    }
  }

  /** What {@link #open} would draw, for other processes. */
  DrawnImages described(BulkSession session) {
    Path folder = model();
    return new DrawnImages(
        DrawnImages.Model.at(folder, session), truncation(folder), className().orElse(null));
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
