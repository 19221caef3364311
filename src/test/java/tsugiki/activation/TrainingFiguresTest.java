package tsugiki.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.train.RunDirectory;

/** Of ten measured steps: 100, 200, …, 1,000. */
class TrainingFiguresTest {
  @TempDir Path folder;
  private Map<String, Double> figures;

  @BeforeEach
  void measure() {
    RunDirectory run = RunDirectory.create(folder.resolve("run"), Map.of());
    for (int i = 1; i <= 10; i++) {
      run.addMetrics(
          100 * i,
          Map.of(
              "loss_d",
              i * i,
              "loss_g",
              -i,
              "kid",
              0.1 * i,
              "score_real",
              5,
              "alpha_block_0",
              0.3 - 0.01 * i,
              "diversity",
              i < 7 ? 0.8 : 0.2,
              "spacing",
              0.5));
    }
    figures = TrainingFigures.of(run, List.of("kid", "fid"));
  }

  @Test
  void lossesAreThoseOfTheLastFifthOfTheStepsAndSwayByTheirDeviation() {
    // 64, 81 and 100; −8, −9 and −10.
    assertThat(figures.get("loss_d")).isCloseTo(245 / 3.0, within(1e-12));
    double squares = (64 * 64 + 81 * 81 + 100 * 100) / 3.0 - Math.pow(245 / 3.0, 2);
    assertThat(figures.get("loss_d_deviation")).isCloseTo(Math.sqrt(squares), within(1e-9));
    assertThat(figures.get("loss_g")).isCloseTo(-9, within(1e-12));
    assertThat(figures.get("loss_g_deviation")).isCloseTo(Math.sqrt(2 / 3.0), within(1e-12));
  }

  @Test
  void scoresAndActivationsAreTheLastAndTheCollapseIsTheFirstStepOfIt() {
    assertThat(figures)
        .containsOnlyKeys(
            "kid",
            "alpha_block_0",
            "loss_d",
            "loss_d_deviation",
            "loss_g",
            "loss_g_deviation",
            "collapsed_at")
        .containsEntry("kid", 1.0)
        .containsEntry("alpha_block_0", 0.3 - 0.01 * 10)
        .containsEntry("collapsed_at", 700.0);
  }
}
