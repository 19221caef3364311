package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class KmmdTest {
  @Test
  void equalsPythonOnRealFeatures() {
    for (Golden.Pair pair : List.of(Golden.flowersAndFaces(), Golden.flowersAndFlowers())) {
      Kmmd.Result kmmd = Kmmd.of(pair.real(), pair.generated());
      assertThat(kmmd.value()).isCloseTo(pair.figure("kmmd"), withinPercentage(1e-5));
    }
  }

  /** Real 0 and 2: s = (0 + 4 + 4 + 0)/4 = 2. Generated 1 and 1, each at distance 1. */
  @Test
  void equalsTheSumByHand() {
    Kmmd.Result kmmd = Kmmd.of(SampleFeatures.line(0, 2), SampleFeatures.line(1, 1));
    double mmd2 = (1 + Math.exp(-4 / 4.0)) / 2 + 1 - 2 * Math.exp(-1 / 4.0);
    assertThat(kmmd.scale()).isEqualTo(2);
    assertThat(kmmd.biasedMmd2()).isCloseTo(mmd2, within(1e-15));
    assertThat(kmmd.value()).isCloseTo(Math.sqrt(mmd2), within(1e-15));
  }

  @Test
  void fixedBandwidthIsTheRelativeOneOfItsScale() {
    Features real = SampleFeatures.normal(30, 6, 0, 1);
    Features fake = SampleFeatures.normal(20, 6, 0.5, 2);
    Kmmd.Result relative = Kmmd.relative(real, fake, 0.7);
    Kmmd.Result fixed = Kmmd.fixed(real, fake, 0.7 * Math.sqrt(relative.scale()));
    assertThat(fixed.value()).isCloseTo(relative.value(), within(1e-12));
    assertThat(fixed.protocol()).doesNotContain("mean squared");
  }

  @Test
  void severalBandwidthsAddTheirKernels() {
    Features real = SampleFeatures.normal(30, 6, 0, 1);
    Features fake = SampleFeatures.normal(20, 6, 0.5, 2);
    double sum =
        Kmmd.relative(real, fake, 0.5).biasedMmd2() + Kmmd.relative(real, fake, 2).biasedMmd2();
    Kmmd.Result both = Kmmd.relative(real, fake, 0.5, 2);
    assertThat(both.biasedMmd2()).isCloseTo(sum, within(1e-12));
    assertThat(both.protocol()).contains("sum of").contains("[0.5, 2.0]");
  }

  @Test
  void isZeroForTheSameImagesAndForgetsTheOrder() {
    Features real = SampleFeatures.normal(80, 9, 0, 1);
    Features fake = SampleFeatures.normal(70, 9, 0.5, 2);
    assertThat(Kmmd.of(real, real).value()).isCloseTo(0, within(1e-7));
    double value = Kmmd.of(real, fake).value();
    assertThat(value).isBetween(0.1, Math.sqrt(2));
    assertThat(Kmmd.of(SampleFeatures.shuffled(real, 4), SampleFeatures.shuffled(fake, 5)).value())
        .isCloseTo(value, within(1e-12));
  }

  /** Real 0 and 2, s = 2: the one pair of different images has e⁻¹. */
  @Test
  void whatEqualImagesHaveIsNotZero() {
    double different = Math.exp(-4 / 4.0);
    assertThat(Kmmd.ofEqual(SampleFeatures.line(0, 2), 5))
        .isCloseTo(Math.sqrt((1 - different) * (1 / 2.0 + 1 / 5.0)), within(1e-15));
  }

  @Test
  void ofNoImagesItIsNoNumber() {
    assertThatThrownBy(() -> Kmmd.ofEqual(SampleFeatures.line(0, 2), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("KMMD of 0 generated images is no number; give 1 or more");
  }

  @Test
  void itIsTheRootOfTheMeanOfTheSquareOverManyDraws() {
    double measured = 0;
    double told = 0;
    for (int i = 0; i < 300; i++) {
      Features real = SampleFeatures.normal(12, 5, 0, 2 * i);
      measured += Kmmd.of(real, SampleFeatures.normal(20, 5, 0, 2 * i + 1)).biasedMmd2();
      told += Math.pow(Kmmd.ofEqual(real, 20), 2);
    }
    assertThat(Math.sqrt(told / 300)).isCloseTo(Math.sqrt(measured / 300), withinPercentage(3));
  }

  @Test
  void farAwayImagesReachTheBoundOfTheKernel() {
    double value =
        Kmmd.of(SampleFeatures.line(0, 0, 0, 1), SampleFeatures.line(1e6f, 1e6f)).value();
    double own = (10 + 6 * Math.exp(-1 / (2 * 0.375))) / 16;
    assertThat(value).isCloseTo(Math.sqrt(own + 1), within(1e-12));
  }

  @Test
  void oneRealImageLeavesNoBandwidthButAFixedOneWorks() {
    Features one = SampleFeatures.line(0);
    Features other = SampleFeatures.line(2);
    assertThatThrownBy(() -> Kmmd.of(one, other))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("bandwidth");
    double expected = Math.sqrt(2 - 2 * Math.exp(-2));
    assertThat(Kmmd.fixed(one, other, 1).value()).isCloseTo(expected, within(1e-15));
  }

  @Test
  void refusesBandwidthsThatAreNone() {
    Features real = SampleFeatures.line(0, 1);
    for (double sigma : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Kmmd.fixed(real, real, sigma))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("bandwidth");
    }
    assertThatThrownBy(() -> Kmmd.relative(real, real)).isInstanceOf(BadInputException.class);
    Features wide = SampleFeatures.normal(2, 3, 0, 1);
    assertThatThrownBy(() -> Kmmd.of(real, wide))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("dimensions");
  }
}
