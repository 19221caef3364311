package tsugiki.cli;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tsugiki.base.Phase;
import tsugiki.runtime.Devices;

/** The verb {@code devices}. */
@Command(
    name = "devices",
    description =
        "Lists the devices that TensorFlow sees, what a GPU is missing, and whether it uses TF32.")
final class DevicesCommand implements Runnable {
  private static final double MIB = 1 << 20;

  private static final String TF32_ON =
      "TF32: on where the GPU has it (float32 products keep 10 bits of the fraction); score and"
          + " features run without it, and NVIDIA_TF32_OVERRIDE=0 switches it off everywhere";
  private static final String TF32_OFF = "TF32: off, by NVIDIA_TF32_OVERRIDE=0";

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    Devices.Report report = found();
    result.print("TensorFlow %s", report.tensorflow());
    for (Devices.Found device : report.devices()) {
      result.print("%s  %s  %.0f MiB", device.type(), device.name(), device.memoryBytes() / MIB);
    }
    report.missing().forEach(lack -> result.print("no GPU: %s", lack));
    if (report.hasGpu()) {
      result.print(report.tf32() ? TF32_ON : TF32_OFF);
    }
    result.write(report);
  }

  private static Devices.Report found() {
    GPUOptions growing = GPUOptions.newBuilder().setAllowGrowth(true).build();
    try (Phase looking = Phase.begin("asking TensorFlow")) {
      return Devices.report(ConfigProto.newBuilder().setGpuOptions(growing).build());
    }
  }
}
