package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.augment.Augmentation;
import tsugiki.base.BadInputException;
import tsugiki.gan.BigGanOptions;
import tsugiki.runtime.Sessions;

class AugmentStepBenchTest {
  @Test
  void whatIsWantedHasARowAndThePlainStepAddsNothing() {
    AugmentStepBench.Settings settings =
        new AugmentStepBench.Settings(
            new BigGanOptions(8, 4, List.of(1, 1), 0, 8, false),
            List.of("zcr", "ada", "diffaugment", "lecam"),
            2,
            1,
            Sessions.Settings.cpu());
    try (AugmentStepBench bench = new AugmentStepBench(settings)) {
      AugmentStepResult result = bench.run();
      List<String> names = result.rows().stream().map(AugmentStepResult.Row::name).toList();
      assertThat(names).containsExactly("none", "diffaugment", "ada", "zcr", "lecam");
      AugmentStepResult.Row plain = result.rows().get(0);
      assertThat(plain.share()).isZero();
      assertThat(plain.cpuShare()).isZero();
      assertThat(result.rows()).allMatch(row -> row.msMedian() > 0);
      String text = result.toString();
      assertThat(text.indexOf("zcr")).isGreaterThan(text.indexOf("further passes"));
      assertThat(text.indexOf("ada ")).isBetween(0, text.indexOf("further passes"));
    }
  }

  @Test
  void everyAugmentationCanBeMeasured() {
    assertThat(AugmentStepBench.NAMES)
        .startsWith("diffaugment")
        .containsAll(Arrays.stream(Augmentation.values()).map(Object::toString).toList());
    assertThatThrownBy(
            () ->
                new AugmentStepBench.Settings(
                    BigGanOptions.defaults(32), List.of("blur"), 2, 1, Sessions.Settings.cpu()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("augment is blur");
  }

  @Test
  void theExcessIsTheMedianOfTheDifferences() {
    Timing one = new Timing();
    Timing other = new Timing();
    for (int i = 0; i < 3; i++) {
      one.measure(() -> sleep(12));
      other.measure(() -> sleep(2));
    }
    assertThat(one.medianExcess(other)).isBetween(3.0, 60.0);
    assertThat(other.medianExcess(one)).isNegative();
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
