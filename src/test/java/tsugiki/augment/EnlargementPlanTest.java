package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static tsugiki.augment.StaticPolicy.CONTRAST;
import static tsugiki.augment.StaticPolicy.HFLIP;
import static tsugiki.augment.StaticPolicy.INVERT;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.augment.EnlargementPlan.Copy;

class EnlargementPlanTest {
  @ParameterizedTest
  @ValueSource(ints = {7, 8, 100_000})
  void everyImageMeetsEveryPolicyOnceBeforeAnyTwice(int images) {
    List<Copy> copies = copies(new EnlargementPlan(images, List.of(HFLIP, INVERT), 4), 2 * images);
    assertThat(copies).doesNotHaveDuplicates();
    assertThat(copies.subList(0, images)).extracting(Copy::image).doesNotHaveDuplicates();
  }

  @Test
  void policiesTakeTurnsOneToOne() {
    List<Copy> copies = copies(new EnlargementPlan(1000, List.of(HFLIP, INVERT), 4), 1000);
    assertThat(copies).filteredOn(copy -> copy.policy() == HFLIP).hasSize(500);
  }

  @Test
  void theSeedDrawsTheOrder() {
    List<Copy> copies = copies(new EnlargementPlan(50, List.of(HFLIP), 4), 50);
    assertThat(copies(new EnlargementPlan(50, List.of(HFLIP), 4), 50)).isEqualTo(copies);
    assertThat(copies(new EnlargementPlan(50, List.of(HFLIP), 5), 50)).isNotEqualTo(copies);
  }

  /** Of the copies of one image too: their numbers differ. */
  @Test
  void everyCopyHasAFactorOfItsOwnThatTheSeedDraws() {
    List<Float> factors = factors(5);
    assertThat(factors(5)).isEqualTo(factors).doesNotHaveDuplicates();
    assertThat(factors(6)).doesNotContainAnyElementsOf(factors);
    assertThat(factors)
        .allMatch(factor -> factor >= 0.5f && factor < 0.8f || factor >= 1.25f && factor < 2)
        .anyMatch(factor -> factor < 1)
        .anyMatch(factor -> factor > 1);
  }

  private static List<Float> factors(long seed) {
    EnlargementPlan plan = new EnlargementPlan(3, List.of(CONTRAST), seed);
    return IntStream.range(0, 30).mapToObj(plan::contrastFactor).toList();
  }

  private static List<Copy> copies(EnlargementPlan plan, int count) {
    return IntStream.range(0, count).mapToObj(plan::copy).toList();
  }
}
