package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.train.RunDirectory.Series;

class CollapseTest {
  @Test
  void theFirstStepFromWhichDiversityStaysLow() {
    assertThat(Collapse.step(series(0.2, 0.8, 0.3, 0.6, 0.39, 0.1))).hasValue(500);
    assertThat(Collapse.step(series(0.2, 0.8, 0.3, 0.2, 0.1))).hasValue(300);
  }

  @Test
  void whatRecoversOrOnlyWaversHasNotCollapsed() {
    assertThat(Collapse.step(series(0.1, 0.8, 0.1, 0.7))).isEmpty();
    assertThat(Collapse.step(series(0.8, 0.4))).isEmpty();
    assertThat(Collapse.step(series())).isEmpty();
  }

  private static Series series(double... values) {
    double[] steps = IntStream.rangeClosed(1, values.length).mapToDouble(i -> 100.0 * i).toArray();
    return new Series(steps, values);
  }
}
