package tsugiki.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.base.Phase;
import tsugiki.bench.DcganStepBench;
import tsugiki.bench.DcganStepResult;
import tsugiki.gan.DcganBookOptions;
import tsugiki.runtime.Sessions;

/** The work {@code dcgan-step} of the verb {@code bench}. */
@Command(
    name = "dcgan-step",
    description =
        "Times a training step of the textbook's DCGAN on grey images with LeakyReLU and with"
            + " another activation, in turns.")
final class DcganStepBenchCommand implements Runnable {
  /** The flags, with their defaults. */
  record Flags(int size, int channels, int batch, String activation, int steps, Path python) {
    static final RecordFlags<Flags> ALL = RecordFlags.of(new Flags(28, 32, 32, "psf", 100, null));

    Flags {
      Checks.size("batch", batch, 1);
      Checks.atLeast("steps", steps, 1);
    }

    DcganBookOptions networks() {
      return DcganBookOptions.defaults()
          .withGrey(true)
          .withSize(size)
          .withChannels(channels)
          .withActivation(activation);
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection flags = new FlagSection("bench", Flags.ALL);
  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Flags given = Flags.ALL.read(spec);
    DcganStepBench.Settings settings =
        new DcganStepBench.Settings(
            given.networks(),
            given.batch,
            given.steps,
            Sessions.Settings.on(BenchPeers.device(device, given.python)));
    try (Phase measuring = Phase.begin("measuring");
        DcganStepBench bench = new DcganStepBench(settings)) {
      DcganStepResult result =
          given.python == null
              ? bench.run()
              : ScratchFolder.with(
                  "bench", folder -> bench.run(given.python, BenchPeers.scripts(), folder));
      output.print("%s", result);
      output.write(result);
    }
  }
}
