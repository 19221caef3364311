package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class FrechetDistanceTest {
  @Test
  void equalsPythonOnRealFeatures() {
    for (Golden.Pair pair : List.of(Golden.flowersAndFaces(), Golden.flowersAndFlowers())) {
      FrechetDistance.Result fid = FrechetDistance.between(pair.real(), pair.generated());
      assertThat(fid.value()).isCloseTo(pair.figure("fid"), withinPercentage(1e-10));
      assertThat(fid.real()).isEqualTo(pair.real().count());
      assertThat(fid.generated()).isEqualTo(pair.generated().count());
    }
  }

  @Test
  void singularCovariancesGiveTheSameFigure() {
    Golden.Pair pair = Golden.flowersAndFaces();
    FrechetDistance.Result fid =
        FrechetDistance.between(
            GaussianStatistics.of(pair.real()), GaussianStatistics.of(pair.generated()));
    assertThat(fid.value()).isCloseTo(pair.figure("fid"), withinPercentage(1e-8));
  }

  /** Means 1 and 4, variances 2 and 18: 9 + 2 + 18 − 2 √36. */
  @Test
  void equalsTheOneDimensionalFormula() {
    Features real = SampleFeatures.line(0, 2);
    Features fake = SampleFeatures.line(1, 7);
    FrechetDistance.Result fid = FrechetDistance.between(real, fake);
    assertThat(fid.value()).isCloseTo(17, within(1e-12));
    assertThat(fid.meanTerm()).isCloseTo(9, within(1e-12));
    assertThat(fid.covarianceTerm()).isCloseTo(8, within(1e-12));
  }

  /** Σ₁ = diag(1, 4), Σ₂ = diag(9, 16): Tr = 5 + 25 − 2 (3 + 8); with μ apart by (1, 2): 5 more. */
  @Test
  void equalsTheDiagonalFormula() {
    GaussianStatistics one =
        GaussianStatistics.of("one", 0, new double[] {0, 0}, new double[] {1, 0, 0, 4});
    GaussianStatistics two =
        GaussianStatistics.of("two", 0, new double[] {1, 2}, new double[] {9, 0, 0, 16});
    assertThat(FrechetDistance.between(one, two).value()).isCloseTo(13, within(1e-12));
  }

  /** (Σ₁Σ₂)^½ of Σ₁ = ((2, 1), (1, 2)) and the identity has the trace √3 + 1. */
  @Test
  void equalsTheFormulaForCorrelatedDimensions() {
    GaussianStatistics one =
        GaussianStatistics.of("one", 0, new double[2], new double[] {2, 1, 1, 2});
    GaussianStatistics two =
        GaussianStatistics.of("two", 0, new double[2], new double[] {1, 0, 0, 1});
    double expected = 4 + 2 - 2 * (Math.sqrt(3) + 1);
    assertThat(FrechetDistance.between(one, two).value()).isCloseTo(expected, within(1e-12));
    GaussianStatistics point = GaussianStatistics.of("point", 0, new double[2], new double[4]);
    assertThat(FrechetDistance.between(one, point).value()).isCloseTo(4, within(1e-12));
    assertThat(FrechetDistance.between(point, point).value()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 30, 200})
  void bothPathsAgree(int count) {
    Features real = SampleFeatures.normal(count, 20, 0, 1);
    Features fake = SampleFeatures.normal(count + 3, 20, 0.2, 2);
    double fromImages = FrechetDistance.fromImages(real, fake).value();
    double fromCovariances =
        FrechetDistance.between(GaussianStatistics.of(real), GaussianStatistics.of(fake)).value();
    assertThat(fromCovariances).isCloseTo(fromImages, withinPercentage(1e-4));
    assertThat(FrechetDistance.between(real, fake).value())
        .isCloseTo(fromImages, withinPercentage(1e-4));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 200})
  void isZeroForTheSameImagesSymmetricAndForgetsTheOrder(int count) {
    Features real = SampleFeatures.normal(count, 20, 0, 1);
    Features fake = SampleFeatures.normal(count, 20, 0.5, 2);
    assertThat(FrechetDistance.between(real, real).value()).isCloseTo(0, within(1e-10));
    double value = FrechetDistance.between(real, fake).value();
    assertThat(value).isGreaterThan(1);
    assertThat(FrechetDistance.between(fake, real).value())
        .isCloseTo(value, withinPercentage(1e-9));
    assertThat(FrechetDistance.between(SampleFeatures.shuffled(real, 3), fake).value())
        .isCloseTo(value, withinPercentage(1e-9));
  }

  /**
   * Turning both sets by 3-4-5 angles in pairs of dimensions; the numbers stay exact in float32.
   */
  @ParameterizedTest
  @ValueSource(ints = {8, 100})
  void isTheSameAfterARotation(int count) {
    Features real = rounded(SampleFeatures.normal(count, 12, 0, 1));
    Features fake = rounded(SampleFeatures.normal(count, 12, 0.5, 2));
    double value = FrechetDistance.between(real, fake).value();
    double turned = FrechetDistance.between(turnedTimesFive(real), turnedTimesFive(fake)).value();
    assertThat(turned / 25).isCloseTo(value, withinPercentage(1e-9));
  }

  private static Features rounded(Features features) {
    float[] values = features.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(values[i] * 256) / 256f;
    }
    return Features.of("rounded", values, features.dimensions());
  }

  private static Features turnedTimesFive(Features features) {
    float[] values = features.toArray();
    for (int i = 0; i + 1 < values.length; i += 2) {
      float x = values[i];
      float y = values[i + 1];
      values[i] = 3 * x - 4 * y;
      values[i + 1] = 4 * x + 3 * y;
    }
    return Features.of("turned", values, features.dimensions());
  }

  @Test
  void refusesWhatCannotBeCompared() {
    Features one = SampleFeatures.normal(1, 3, 0, 1);
    Features two = SampleFeatures.normal(2, 3, 0, 1);
    Features wide = SampleFeatures.normal(2, 4, 0, 1);
    assertThatThrownBy(() -> FrechetDistance.between(one, two))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("FID needs at least 2 images per side");
    assertThatThrownBy(() -> FrechetDistance.between(two, wide))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("dimensions");
    assertThatThrownBy(
            () -> FrechetDistance.between(GaussianStatistics.of(two), GaussianStatistics.of(wide)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("dimensions");
  }

  @Test
  void refusesACovarianceThatIsNone() {
    GaussianStatistics negative =
        GaussianStatistics.of("a.npz", 0, new double[2], new double[] {1, 0, 0, -1});
    assertThatThrownBy(() -> FrechetDistance.between(negative, negative))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("a.npz", "negative eigenvalue");
  }
}
