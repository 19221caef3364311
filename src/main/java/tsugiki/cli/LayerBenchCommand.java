package tsugiki.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.bench.LayerBench;

/** The work {@code layer} of the verb {@code bench}. */
@Command(
    name = "layer",
    description =
        "The adaptive point-wise layer alone, at the maps of BigGAN-128, with every group size and"
            + " tile.")
final class LayerBenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "8")
  private int batch;

  @Option(names = "--repeats", paramLabel = "N", defaultValue = "15")
  private int repeats;

  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Checks.atLeast("batch", batch, 1);
    Checks.atLeast("repeats", repeats, 1);
    PrintWriter out = spec.commandLine().getOut();
    LayerBench.Result result =
        LayerBench.run(
            LayerBench.BIGGAN_128,
            batch,
            repeats,
            device.settings(),
            row -> {
              out.println(row);
              out.flush();
            });
    output.write(result);
  }
}
