package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FinishOptionsTest {
  @Test
  void theAverageIsWarmedUpToTheDecayThatIsNamed() {
    FinishOptions finish = FinishOptions.defaults().withFinishDecay(0.2f);
    assertThat(finish.decay(0)).isZero();
    assertThat(finish.decay(1)).isEqualTo(2f / 11);
    assertThat(finish.decay(50)).isEqualTo(0.2f);
  }
}
