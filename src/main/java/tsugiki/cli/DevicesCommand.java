package tsugiki.cli;

import java.io.PrintWriter;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.runtime.Devices;

/** The verb {@code devices}. */
@Command(
    name = "devices",
    description = "Lists the devices that TensorFlow sees, and what a GPU is missing.")
final class DevicesCommand implements Runnable {
  private static final double MIB = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    GPUOptions growing = GPUOptions.newBuilder().setAllowGrowth(true).build();
    Devices.Report report = Devices.report(ConfigProto.newBuilder().setGpuOptions(growing).build());
    PrintWriter out = spec.commandLine().getOut();
    out.printf("TensorFlow %s%n", report.tensorflow());
    for (Devices.Found device : report.devices()) {
      out.printf("%s  %s  %.0f MiB%n", device.type(), device.name(), device.memoryBytes() / MIB);
    }
    report.missing().forEach(lack -> out.printf("no GPU: %s%n", lack));
    out.flush();
    result.write(report);
  }
}
