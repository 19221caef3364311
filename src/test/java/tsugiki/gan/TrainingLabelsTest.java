package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.data.ClassShares;

class TrainingLabelsTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final float[] ROWS = {0.2f, 0.5f, 0.3f, 0.9f, 0.1f, 0f};

  @Test
  void theLabelOfARowIsItsLikeliestClass() {
    TrainingLabels labels = TrainingLabels.soft(ROWS, CLASSES);
    assertThat(labels.soft()).isTrue();
    assertThat(labels.count()).isEqualTo(2);
    assertThat(labels.label(0, 0)).isEqualTo(1);
    assertThat(labels.label(1, 0)).isZero();
    assertThat(labels.probabilities(1)).containsExactly(0.9f, 0.1f, 0f);
  }

  @Test
  void aHardLabelIsNoDistribution() {
    TrainingLabels labels = TrainingLabels.hard(new int[] {2, 0}, CLASSES);
    assertThat(labels.soft()).isFalse();
    assertThat(labels.allKnown()).isTrue();
    assertThat(labels.fakes().isUniform()).isTrue();
    assertThatThrownBy(() -> labels.probabilities(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUnknownLabelIsUnknownAndTheRestIsNot() {
    TrainingLabels labels = TrainingLabels.hard(new int[] {TrainingLabels.UNKNOWN, 0}, CLASSES);
    assertThat(labels.known(0)).isFalse();
    assertThat(labels.known(1)).isTrue();
    assertThat(labels.allKnown()).isFalse();
  }

  @Test
  void changingLabelsDependOnTheEpoch() {
    TrainingLabels labels =
        TrainingLabels.changing(6, CLASSES, (image, epoch) -> (int) ((image + epoch) % 3))
            .withFakes(ClassShares.of(1, 0, 0));
    assertThat(labels.count()).isEqualTo(6);
    assertThat(labels.allKnown()).isTrue();
    assertThat(labels.label(5, 0)).isEqualTo(2);
    assertThat(labels.label(5, 2)).isEqualTo(1);
  }

  @Test
  void whatIsNoDistributionIsRefused() {
    TrainingLabels labels = TrainingLabels.hard(new int[4], CLASSES);
    assertThatThrownBy(() -> labels.withFakes(ClassShares.uniform(2)))
        .hasMessage("2 shares for 3 classes");
    assertThatThrownBy(() -> TrainingLabels.soft(new float[] {0.5f, 0.2f, 0}, CLASSES))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TrainingLabels.hard(new int[] {3}, CLASSES))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
