package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tsugiki.features.Features;

class ClassCoverageTest {
  @Test
  void theLikeliestClassesAreCounted() {
    // Classes 1, 1, 0 and 1 of three.
    Features four =
        Features.of("four", new float[] {.1f, .8f, .1f, 0, .6f, .4f, .5f, .2f, .3f, 0, 1, 0}, 3);
    assertThat(ClassCoverage.shares(four)).containsExactly(0.25, 0.75, 0);
    ClassCoverage found = ClassCoverage.of(four);
    assertThat(found.covered()).isEqualTo(2);
    assertThat(found.rarest()).isZero();
    assertThat(found.divergence())
        .isCloseTo(0.25 * Math.log(0.75) + 0.75 * Math.log(2.25), within(1e-12));
  }

  @Test
  void theDivergenceLiesBetweenNothingAndTheLogarithmOfTheClasses() {
    assertThat(
            ClassCoverage.ofShares(new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}))
        .isEqualTo(new ClassCoverage(10, 0.1, 0));
    assertThat(ClassCoverage.ofShares(new double[] {0, 1, 0, 0}))
        .isEqualTo(new ClassCoverage(1, 0, Math.log(4)));
  }
}
