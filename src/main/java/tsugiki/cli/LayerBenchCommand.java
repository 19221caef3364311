package tsugiki.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.base.Phase;
import tsugiki.bench.LayerBench;

/** The work {@code layer} of the verb {@code bench}. */
@Command(
    name = "layer",
    description =
        "Times the adaptive point-wise layer alone, on maps as large as those of BigGAN at 128"
            + " pixels, with every group size and every way of cutting the maps into tiles.")
final class LayerBenchCommand implements Runnable {
  /** The flags, with their defaults. */
  record Flags(int batch, int repeats) {
    static final RecordFlags<Flags> ALL = RecordFlags.of(new Flags(8, 15));

    Flags {
      Checks.size("batch", batch, 1);
      Checks.atLeast("repeats", repeats, 1);
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection flags = new FlagSection("bench", Flags.ALL);
  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Flags given = Flags.ALL.read(spec);
    try (Phase measuring = Phase.begin("measuring")) {
      LayerBench.Result result =
          LayerBench.run(
              LayerBench.BIGGAN_128,
              given.batch,
              given.repeats,
              device.settings(),
              row -> output.print("%s", row));
      output.write(result);
    }
  }
}
