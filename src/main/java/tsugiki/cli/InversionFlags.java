package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.graft.Inversion;
import tsugiki.graft.InversionOptions;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** The flags of verbs that look for the latent vector of an image; a picocli mixin. */
final class InversionFlags {
  private static final RecordFlags<InversionOptions> FLAGS =
      RecordFlags.of(InversionOptions.defaults(RunOptions.ANYWHERE)).only("steps", "perceptual");

  @Mixin private final FlagSection flags = new FlagSection("invert", FLAGS);

  /**
   * Finds the latent vector of an image.
   *
   * @param flag that named the file, for messages
   * @param className the class to draw it with; empty to try all
   */
  Inversion.Found find(
      CommandSpec verb,
      Path model,
      String flag,
      Path file,
      Optional<String> className,
      Device device) {
    RgbImage image = image(flag, file);
    InversionOptions options = FLAGS.read(verb, InversionOptions.defaults(Execution.here(device)));
    try (Inversion inversion = Inversion.open(model, options);
        Progress bar = Progress.of("steps", options.steps())) {
      return inversion.invert(inversion.fitted(image), className, done -> bar.step(1));
    }
  }

  /** The one image of a file. */
  static RgbImage image(String flag, Path file) {
    try (ImageSource source = ImageSource.open(file)) {
      if (source.count() != 1) {
        throw new BadInputException(
            "%s %s holds %d images; name one image".formatted(flag, file, source.count()));
      }
      return source.read(0);
    }
  }
}
