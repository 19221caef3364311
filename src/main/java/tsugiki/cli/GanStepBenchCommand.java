package tsugiki.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.base.Phase;
import tsugiki.bench.GanStepBench;
import tsugiki.bench.GanStepResult;
import tsugiki.gan.BigGanOptions;
import tsugiki.model.BigGanArchitecture;

/** The work {@code gan-step} of the verb {@code bench}. */
@Command(
    name = "gan-step",
    description =
        "Times a training step of S³GAN and one of BigGAN, in turns: the same networks and batch,"
            + " with and without rotations.")
final class GanStepBenchCommand implements Runnable {
  private static final int CLASSES = 10;

  /** The flags, with their defaults. */
  record Flags(int size, int channels, int batch, float rotatedShare, int steps) {
    static final RecordFlags<Flags> ALL = RecordFlags.of(new Flags(32, 16, 32, 0.25f, 10));

    Flags {
      Checks.atLeast("steps", steps, 1);
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection flags = new FlagSection("bench", Flags.ALL);
  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Flags given = Flags.ALL.read(spec);
    BigGanArchitecture architecture =
        BigGanOptions.defaults(given.size).withChannels(given.channels).architecture(CLASSES);
    GanStepBench.Settings settings =
        new GanStepBench.Settings(
            architecture, given.batch, given.rotatedShare, given.steps, device.settings());
    try (Phase measuring = Phase.begin("measuring");
        GanStepBench bench = new GanStepBench(settings)) {
      GanStepResult result = bench.run();
      output.print("%s", result);
      output.write(result);
    }
  }
}
