package tsugiki.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.bench.GanStepBench;
import tsugiki.bench.GanStepResult;
import tsugiki.gan.BigGanOptions;
import tsugiki.model.BigGanArchitecture;

/** The work {@code gan-step} of the verb {@code bench}. */
@Command(
    name = "gan-step",
    description =
        "One training step of S³GAN beside one of BigGAN: the same networks and batch, with and"
            + " without rotations.")
final class GanStepBenchCommand implements Runnable {
  private static final int CLASSES = 10;

  @Spec private CommandSpec spec;

  @Option(names = "--size", paramLabel = "PIXELS", defaultValue = "32")
  private int size;

  @Option(names = "--channels", paramLabel = "N", defaultValue = "16")
  private int channels;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "32")
  private int batch;

  @Option(names = "--rotated-share", paramLabel = "SHARE", defaultValue = "0.25")
  private float share;

  @Option(names = "--steps", paramLabel = "N", defaultValue = "10")
  private int steps;

  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Checks.atLeast("steps", steps, 1);
    BigGanArchitecture architecture =
        BigGanOptions.defaults(size).withChannels(channels).architecture(CLASSES);
    GanStepBench.Settings settings =
        new GanStepBench.Settings(architecture, batch, share, steps, device.settings());
    try (GanStepBench bench = new GanStepBench(settings)) {
      GanStepResult result = bench.run();
      spec.commandLine().getOut().println(result);
      output.write(result);
    }
  }
}
