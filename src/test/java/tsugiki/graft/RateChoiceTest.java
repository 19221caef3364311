package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class RateChoiceTest {
  private static final List<Float> GIVEN = List.of(1f, 2f, 4f);

  private static RateChoice of(List<Float> grid, DoubleUnaryOperator score) {
    RateChoice choice = new RateChoice(GIVEN);
    grid.forEach(rate -> choice.add("one", rate, Optional.of(score.applyAsDouble(rate))));
    return choice;
  }

  @Test
  void aBestRateWithinTheGridEndsTheSearch() {
    RateChoice choice = of(GIVEN, rate -> Math.abs(rate - 2));
    assertThat(choice.best("one")).isEqualTo(2);
    assertThat(choice.atEnd("one")).isFalse();
    assertThat(choice.atEnd()).isEmpty();
    assertThat(choice.extended(GIVEN)).isEqualTo(GIVEN);
  }

  @Test
  void theGridGoesOnAtTheEndWhereAMethodHasItsBestForAllMethods() {
    RateChoice choice = of(GIVEN, rate -> rate);
    GIVEN.forEach(rate -> choice.add("other", rate, Optional.of((double) -rate)));
    assertThat(choice.atEnd("one")).isTrue();
    assertThat(choice.atEnd()).containsExactly("one", "other");
    assertThat(choice.extended(GIVEN)).containsExactly(0.5f, 1f, 2f, 4f, 8f);
  }

  @Test
  void theGridEndsSomewhere() {
    List<Float> grid = GIVEN;
    for (int i = 0; i < 10; i++) {
      grid = of(grid, rate -> rate).extended(grid);
    }
    assertThat(grid).hasSize(GIVEN.size() + RateChoice.MOST_EXTENSIONS).startsWith(1 / 16f);
  }

  @Test
  void aFailedTrainingIsWorseThanEveryOther() {
    RateChoice choice = of(List.of(1f, 2f), rate -> 1e9);
    choice.add("one", 4, Optional.empty());
    assertThat(choice.best("one")).isEqualTo(1);
  }
}
