package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.runtime.Device;

/** Where a run may go on. */
class ExecutionTest {
  /** The tests themselves run with the variable, as the launcher does. */
  @Test
  void aRunThatBeganWithoutTheVariableSaysHowTheLauncherLeavesItOut() {
    assertThat(System.getenv("TF_ENABLE_ONEDNN_OPTS")).as("the tests set it").isNotBlank();
    assertThatThrownBy(() -> new Execution(Device.CPU, 1, 1, "").refuseElsewhere())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("TF_ENABLE_ONEDNN_OPTS=(not set) and this process has ")
        .hasMessageContaining("for the launcher by TF_ENABLE_ONEDNN_OPTS= tools/tsugiki");
  }
}
