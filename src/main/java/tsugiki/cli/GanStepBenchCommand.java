package tsugiki.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.bench.GanStepBench;
import tsugiki.bench.GanStepResult;
import tsugiki.gan.NetworkOptions;
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

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Checks.atLeast("steps", steps, 1);
    BigGanArchitecture architecture =
        new NetworkOptions(size, channels, null, null, null).architecture(CLASSES);
    try (GanStepBench bench =
        new GanStepBench(new GanStepBench.Settings(architecture, batch, share, steps))) {
      GanStepResult result = bench.run();
      spec.commandLine().getOut().println(result);
      output.write(result);
    }
  }
}
