package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClassSharesTest {
  @Test
  void spreadFollowsTheShares() {
    assertThat(ClassShares.uniform(3).spread(7)).containsExactly(0, 1, 2, 0, 1, 2, 0);
    long[] spread = ClassShares.of(0.75, 0, 0.25).spread(8);
    assertThat(Arrays.stream(spread).filter(label -> label == 0)).hasSize(6);
    assertThat(Arrays.stream(spread).filter(label -> label == 2)).hasSize(2);
    assertThat(Arrays.copyOf(spread, 4)).contains(2);
  }

  @Test
  void labelsAreCounted() {
    ClassShares shares = ClassShares.ofLabels(new int[] {0, 2, 0, 2, 0}, 3);
    assertThat(shares.toArray()).containsExactly(0.6000000000000001, 0, 0.4);
    assertThat(shares.isUniform()).isFalse();
    assertThat(ClassShares.uniform(3).isUniform()).isTrue();
  }

  @Test
  void whatIsNoDistributionIsRefused() {
    assertThatThrownBy(() -> ClassShares.of(0.5, 0.6, 0.2)).hasMessageContaining("sum to 1.3");
    assertThatThrownBy(() -> ClassShares.of(1.5, -0.5, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
