package tsugiki.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tsugiki.runtime.Sessions;

class ArithmeticTest {
  private static final Sessions.Settings GPU = new Sessions.Settings(1, 1, true);
  private static final Map<String, String> OFF = Map.of("NVIDIA_TF32_OVERRIDE", "0");

  @Test
  void onlyAGpuWithoutTheOverrideMayUseTensorFloat32() {
    assertThat(Arithmetic.words(GPU, Map.of())).contains("TensorFloat-32");
    assertThat(Arithmetic.limits(GPU, Map.of()).orElseThrow()).contains("NVIDIA_TF32_OVERRIDE=0");
    assertThat(Arithmetic.words(GPU, OFF)).isEqualTo("float32 on a GPU, NVIDIA_TF32_OVERRIDE=0");
    assertThat(Arithmetic.limits(GPU, OFF)).isEmpty();
    assertThat(Arithmetic.words(Sessions.Settings.cpu(), Map.of())).isEqualTo("float32 on the CPU");
    assertThat(Arithmetic.limits(Sessions.Settings.cpu(), Map.of())).isEmpty();
  }
}
