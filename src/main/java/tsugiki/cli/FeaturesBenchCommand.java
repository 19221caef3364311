package tsugiki.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.bench.FeaturesBench;
import tsugiki.bench.FeaturesResult;
import tsugiki.model.InceptionV3.Tap;

/** The work {@code features} of the verb {@code bench}. */
@Command(
    name = "features",
    description =
        "Features of painted pictures by Inception v3 (random weights), from PNG files to numbers.")
final class FeaturesBenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--tap", paramLabel = "T", defaultValue = "768", description = "768 or 2048.")
  private int tap;

  @Option(names = "--images", paramLabel = "N", defaultValue = "64")
  private int images;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "16")
  private int batch;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "2",
      description = "Batches in our network at a time.")
  private int runs;

  @Option(names = "--repeats", paramLabel = "N", defaultValue = "3")
  private int repeats;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = "A Python with PyTorch and TensorFlow: does the same in turns with us.")
  private Path python;

  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    if (tap != Tap.MIXED_768.channels() && tap != Tap.MIXED_2048.channels()) {
      throw new BadInputException("--tap is " + tap + "; give 768 or 2048");
    }
    Checks.atLeast("images", images, 1);
    Checks.atLeast("batch", batch, 1);
    Checks.atLeast("runs", runs, 1);
    Checks.atLeast("repeats", repeats, 1);
    Tap named = tap == Tap.MIXED_768.channels() ? Tap.MIXED_768 : Tap.MIXED_2048;
    FeaturesBench.Settings settings =
        new FeaturesBench.Settings(images, batch, runs, named, repeats, device.settings());
    FeaturesResult result =
        BenchPeers.inFolder(
            folder -> {
              try (FeaturesBench bench = new FeaturesBench(settings, folder)) {
                return python == null ? bench.run() : bench.run(python, BenchPeers.scripts());
              }
            });
    BenchPeers.print(spec.commandLine().getOut(), result, "pass", "features differ from ours");
    output.write(result);
    BenchPeers.refuseDifference(result);
  }
}
