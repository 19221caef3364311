package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tsugiki.runtime.Device;

class BenchPeersTest {
  private static final Path PYTHON = Path.of("/bin/sh");

  @TempDir private Path folder;

  /** A piece of work, as far as its device goes. */
  @Command
  static final class Work {
    @Mixin private DeviceFlag device;
  }

  private static Device device(Path python, String... words) {
    Work work = new Work();
    Tsugiki.configure(new CommandLine(work)).parseArgs(words);
    return BenchPeers.device(work.device, python);
  }

  @Test
  void besideOtherProgramsTheDeviceIsTheirs() {
    assertThat(device(PYTHON)).isEqualTo(Device.CPU);
    assertThat(device(null)).isEqualTo(Device.AUTO);
    assertThat(device(null, "--device", "gpu")).isEqualTo(Device.GPU);
  }

  @ParameterizedTest
  @ValueSource(strings = {"graft-step", "single", "features", "dcgan-step"})
  void aGpuIsNotComparedWithACpu(String work) {
    Path json = folder.resolve("result.json");
    Program.run("bench", work, "--python", PYTHON, "--device", "gpu", "--json", json)
        .refuses(json, "--python is timed on the CPU", "--device gpu");
  }
}
