package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void agreementOfATableReckonedByHand() {
    // Clusters against classes: 3 and 1 images of the classes in the first, 0 and 4 in the second.
    int[] clusters = {0, 0, 0, 0, 1, 1, 1, 1};
    int[] classes = {0, 0, 0, 1, 1, 1, 1, 1};
    double h = -(0.375 * Math.log(0.375) + 0.625 * Math.log(0.625));
    double joint = -(0.375 * Math.log(0.375) + 0.125 * Math.log(0.125) + 0.5 * Math.log(0.5));
    double sum = Math.log(2) + h;
    Agreement agreement = Agreement.of(clusters, classes);
    assertThat(agreement.purity()).isCloseTo(7.0 / 8, within(1e-12));
    assertThat(agreement.information()).isCloseTo(2 * (sum - joint) / sum, within(1e-12));
    assertThat(Agreement.of(new int[] {0, 0}, new int[] {0, 1}).information()).isZero();
  }
}
