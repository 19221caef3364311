package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class KidTest {
  @Test
  void equalsPythonOnRealFeatures() {
    for (Golden.Pair pair : List.of(Golden.flowersAndFaces(), Golden.flowersAndFlowers())) {
      Kid.Result kid = Kid.allSamples(pair.real(), pair.generated());
      assertThat(kid.value()).isCloseTo(pair.figure("kid"), withinPercentage(1e-5));
      assertThat(kid.real()).isEqualTo(pair.expected().required("real").intValue());
      assertThat(kid.generated()).isEqualTo(pair.expected().required("fake").intValue());
    }
  }

  /** d = 1: k(0, 1) = 1, k(1, 2) = 27, k(0, 2) = 1, k(1, 1) = 8; MMD² = 1 + 27 − 2 (1+1+8+27)/4. */
  @Test
  void equalsTheSumByHand() {
    Kid.Result kid = Kid.allSamples(SampleFeatures.line(0, 1), SampleFeatures.line(1, 2));
    assertThat(kid.value()).isEqualTo(1 + 27 - 2 * (1 + 1 + 8 + 27) / 4.0);
    assertThat(kid.protocol()).contains("unbiased").contains("d = 1");
  }

  @Test
  void isZeroInTheMeanForOneDistribution() {
    int repetitions = 200;
    double[] values = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      Features all = SampleFeatures.normal(40, 8, 0.3, i);
      Features left = SampleFeatures.slice(all, 0, 20);
      Features right = SampleFeatures.slice(all, 20, 40);
      values[i] = Kid.allSamples(left, right).value();
    }
    MeanDeviation figure = MeanDeviation.of(values);
    double error = figure.deviation() / Math.sqrt(repetitions);
    assertThat(figure.mean()).isCloseTo(0, within(3 * error));
    Features near = SampleFeatures.normal(20, 8, 0.3, 1);
    Features far = SampleFeatures.normal(20, 8, 1.3, 2);
    assertThat(Kid.allSamples(near, far).value()).isGreaterThan(10 * figure.deviation());
  }

  @Test
  void isSymmetricAndForgetsTheOrder() {
    Features real = SampleFeatures.normal(90, 17, 0, 1);
    Features fake = SampleFeatures.normal(70, 17, 0.4, 2);
    double value = Kid.allSamples(real, fake).value();
    assertThat(Kid.allSamples(fake, real).value()).isCloseTo(value, within(1e-12));
    Features shuffled = SampleFeatures.shuffled(real, 3);
    assertThat(Kid.allSamples(shuffled, fake).value()).isCloseTo(value, within(1e-12));
    assertThat(Kid.allSamples(real, fake).value()).isEqualTo(value);
  }

  @Test
  void onlySubsetOfAllImagesIsAllSamples() {
    Features real = SampleFeatures.normal(30, 5, 0, 1);
    Features fake = SampleFeatures.normal(30, 5, 0.4, 2);
    Kid.SubsetResult subsets = Kid.subsets(real, fake, 4, 30, 7);
    assertThat(subsets.mean()).isCloseTo(Kid.allSamples(real, fake).value(), within(1e-12));
    assertThat(subsets.deviation()).isCloseTo(0, within(1e-12));
  }

  @Test
  void seedDecidesTheSubsets() {
    Features real = SampleFeatures.normal(50, 5, 0, 1);
    Features fake = SampleFeatures.normal(60, 5, 0.4, 2);
    Kid.SubsetResult one = Kid.subsets(real, fake, 20, 10, 7);
    assertThat(Kid.subsets(real, fake, 20, 10, 7)).isEqualTo(one);
    assertThat(Kid.subsets(real, fake, 20, 10, 8).mean()).isNotEqualTo(one.mean());
    assertThat(one.deviation()).isPositive();
    double all = Kid.allSamples(real, fake).value();
    assertThat(one.mean()).isCloseTo(all, within(one.deviation()));
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "3, 1", "3, 11"})
  void refusesSubsetsThatCannotBeDrawn(int subsets, int size) {
    Features ten = SampleFeatures.normal(10, 2, 0, 1);
    Features more = SampleFeatures.normal(20, 2, 0, 2);
    assertThatThrownBy(() -> Kid.subsets(ten, more, subsets, size, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("KID", "10 images");
  }

  @Test
  void refusesASingleImageAndOtherDimensions() {
    Features one = SampleFeatures.normal(1, 2, 0, 1);
    Features two = SampleFeatures.normal(2, 2, 0, 1);
    Features three = SampleFeatures.normal(2, 3, 0, 1);
    assertThatThrownBy(() -> Kid.allSamples(two, one))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("KID needs at least 2 images per side, and normal holds 1");
    assertThatThrownBy(() -> Kid.allSamples(one, two)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> Kid.allSamples(two, three))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("3");
  }
}
