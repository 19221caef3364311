package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import tsugiki.base.Phase;
import tsugiki.data.RgbImage;
import tsugiki.graft.Inversion;
import tsugiki.graft.InversionOptions;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** The flags of verbs that look for the latent vectors of images; a picocli mixin. */
final class InversionFlags {
  private static final RecordFlags<InversionOptions> FLAGS =
      RecordFlags.of(InversionOptions.defaults(RunOptions.ANYWHERE)).only("steps", "perceptual");

  @Mixin private final FlagSection flags = new FlagSection("invert", FLAGS);

  /** Their names, with hyphens. */
  static Set<String> names() {
    return FLAGS.names();
  }

  /** The search in a model; the caller closes it. */
  static Search open(CommandSpec verb, Path model, Device device) {
    InversionOptions options = FLAGS.read(verb, InversionOptions.defaults(Execution.here(device)));
    try (Phase opening = Phase.begin("opening the model " + model)) {
      return new Search(Inversion.open(model, options), options.steps());
    }
  }

  /**
   * A search with a progress bar.
   *
   * @param inversion closed with it
   * @param steps of a search
   */
  record Search(Inversion inversion, long steps) implements AutoCloseable {
    /**
     * Finds the latent vector of an image.
     *
     * @param className the class to draw it with; null to try all
     */
    Inversion.Found find(RgbImage image, String className) {
      try (Progress bar = Progress.of("steps", steps)) {
        return inversion.invert(image, Optional.ofNullable(className), done -> bar.step(1));
      }
    }

    @Override
    public void close() {
      inversion.close();
    }
  }
}
