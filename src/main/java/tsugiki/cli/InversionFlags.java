package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.graft.Inversion;
import tsugiki.graft.InversionOptions;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** The flags of verbs that look for the latent vector of an image; a picocli mixin. */
final class InversionFlags {
  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the search for an image's latent vector. Default: 300.")
  private Long steps;

  @Option(
      names = "--perceptual",
      paramLabel = "NETWORK",
      description =
          "The network that compares images in the search: "
              + FrozenNetworks.NAMES
              + ". Default: starter.")
  private String perceptual;

  /**
   * Finds the latent vector of an image.
   *
   * @param flag that named the file, for messages
   * @param className the class to draw it with; empty to try all
   */
  Inversion.Found find(
      Path model, String flag, Path file, Optional<String> className, Device device) {
    RgbImage image = image(flag, file);
    InversionOptions options = InversionOptions.defaults(Execution.here(device));
    options = GivenFlags.apply(options, steps, InversionOptions::withSteps);
    options = GivenFlags.apply(options, perceptual, InversionOptions::withPerceptual);
    try (Inversion inversion = Inversion.open(model, options);
        ImageBar bar = new ImageBar("steps", options.steps())) {
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
