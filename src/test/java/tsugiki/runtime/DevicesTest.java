package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;
import tsugiki.base.BadInputException;

class DevicesTest {
  private static final ConfigProto CONFIG = ConfigProto.getDefaultInstance();

  @Test
  void tensorFlowSeesTheCpuAndEitherAGpuOrAReason() {
    Devices.Report report = Devices.report(CONFIG);

    assertThat(report.tensorflow()).startsWith("2.");
    assertThat(report.devices())
        .anySatisfy(
            device -> {
              assertThat(device.type()).isEqualTo("CPU");
              assertThat(device.name()).endsWith("device:CPU:0");
              assertThat(device.memoryBytes()).isGreaterThan(256L << 20);
            });
    assertThat(report.missing().isEmpty()).isEqualTo(report.hasGpu());
  }

  @Test
  void theCpuIsAlwaysThere() {
    assertThat(Devices.choose(Device.CPU, CONFIG)).isEqualTo(Device.CPU);
  }

  @Test
  void autoFallsBackToTheCpu() {
    assumeFalse(CudaLibraries.missing().isEmpty(), "this machine has what a GPU needs");

    assertThat(Devices.choose(Device.AUTO, CONFIG)).isEqualTo(Device.CPU);
  }

  @Test
  void aGpuThatCannotBeHadIsBadInputThatNamesWhatIsMissing() {
    assumeFalse(CudaLibraries.missing().isEmpty(), "this machine has what a GPU needs");

    assertThatThrownBy(() -> Devices.choose(Device.GPU, CONFIG))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("device gpu")
        .hasMessageContaining(CudaLibraries.missing().get(0));
  }

  @Test
  void aDeviceIsWrittenAsItsFlag() {
    assertThat(Device.values()).extracting(Device::toString).containsExactly("cpu", "gpu", "auto");
  }
}
