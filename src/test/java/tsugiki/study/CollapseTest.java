package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.train.RunDirectory;
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

  @Test
  void aRunHasCollapsedWhenOneOfItsMeasuresSaysSo(@TempDir Path folder) {
    // One image a class is as varied as ever, and has its doubles.
    RunDirectory run = RunDirectory.create(folder.resolve("run"), Map.of());
    run.addMetrics(100, Map.of("diversity", 0.8, "spacing", 0.6));
    run.addMetrics(200, Map.of("diversity", 0.9, "spacing", 0.1));
    run.addMetrics(300, Map.of("diversity", 0.9, "spacing", 0.0));
    assertThat(Collapse.step(run)).hasValue(200);
  }

  private static Series series(double... values) {
    double[] steps = IntStream.rangeClosed(1, values.length).mapToDouble(i -> 100.0 * i).toArray();
    return new Series(steps, values);
  }
}
