package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class PrecisionRecallTest {
  @Test
  void countsEqualPythonOnRealFeatures() {
    for (Golden.Pair pair : List.of(Golden.flowersAndFaces(), Golden.flowersAndFlowers())) {
      PrecisionRecall.Result figures = PrecisionRecall.of(pair.real(), pair.generated());
      var expected = pair.expected().required("prdc_k3");
      int real = pair.real().count();
      int fake = pair.generated().count();
      assertThat(figures.precise())
          .isEqualTo(Math.round(expected.required("precision").doubleValue() * fake));
      assertThat(figures.recalled())
          .isEqualTo(Math.round(expected.required("recall").doubleValue() * real));
      assertThat(figures.memberships())
          .isEqualTo(Math.round(expected.required("density").doubleValue() * 3 * fake));
      assertThat(figures.covered())
          .isEqualTo(Math.round(expected.required("coverage").doubleValue() * real));
      assertThat(figures.density()).isEqualTo(expected.required("density").doubleValue());
    }
  }

  /**
   * k = 1. Real 0, 1, 4, 12 with radii 1, 1, 3, 8; generated 2.5, 3.5, 30 with radii 1, 1, 26.5.
   * 2.5 lies in the ball of 4 alone (4 is 1.5 away); 3.5 in those of 4 (0.5 away) and 12 (8.5 away:
   * not in it); 30 in none. 4 is in the ball of 3.5, and 4 and 12 in that of 30.
   */
  @Test
  void equalsTheCountByHand() {
    PrecisionRecall.Result figures =
        PrecisionRecall.of(
            SampleFeatures.line(0, 1, 4, 12), SampleFeatures.line(2.5f, 3.5f, 30), 1);
    assertThat(figures.precise()).isEqualTo(2);
    assertThat(figures.recalled()).isEqualTo(2);
    assertThat(figures.memberships()).isEqualTo(2);
    assertThat(figures.covered()).isEqualTo(1);
    assertThat(figures.precision()).isEqualTo(2 / 3.0);
    assertThat(figures.recall()).isEqualTo(0.5);
    assertThat(figures.density()).isEqualTo(2 / 3.0);
    assertThat(figures.coverage()).isEqualTo(0.25);
  }

  /** On the surface: generated 2 is 1 from the real 1, whose radius is 1. */
  @Test
  void surfacesCountForPrecisionAndNotForDensity() {
    PrecisionRecall.Result figures =
        PrecisionRecall.of(SampleFeatures.line(0, 1), SampleFeatures.line(2, 9), 1);
    assertThat(figures.precise()).isEqualTo(1);
    assertThat(figures.memberships()).isZero();
    assertThat(figures.covered()).isZero();
  }

  /** With equal sets each ball holds its centre and, its surface left out, k − 1 others. */
  @Test
  void sameImagesGiveOne() {
    Features features = SampleFeatures.normal(150, 30, 0, 1);
    PrecisionRecall.Result figures = PrecisionRecall.of(features, features);
    assertThat(figures.precision()).isEqualTo(1);
    assertThat(figures.recall()).isEqualTo(1);
    assertThat(figures.density()).isEqualTo(1);
    assertThat(figures.coverage()).isEqualTo(1);
  }

  @Test
  void equalImagesHaveBallsOfRadiusZeroThatHoldThem() {
    Features same = SampleFeatures.rows(new float[] {.1f, .7f}, new float[] {.1f, .7f});
    PrecisionRecall.Result figures = PrecisionRecall.of(same, same, 1);
    assertThat(figures.precision()).isEqualTo(1);
    assertThat(figures.recall()).isEqualTo(1);
  }

  @Test
  void precisionAndRecallChangePlacesWithTheSides() {
    Features real = SampleFeatures.normal(90, 4, 0, 1);
    Features fake = SampleFeatures.normal(70, 4, 0.8, 2);
    PrecisionRecall.Result one = PrecisionRecall.of(real, fake);
    PrecisionRecall.Result two = PrecisionRecall.of(fake, real);
    assertThat(one.precise()).isEqualTo(two.recalled()).isBetween(1, 69);
    assertThat(one.recalled()).isEqualTo(two.precise()).isBetween(1, 89);
    assertThat(
            PrecisionRecall.of(SampleFeatures.shuffled(real, 1), SampleFeatures.shuffled(fake, 2)))
        .isEqualTo(one);
  }

  @Test
  void refusesTooFewImagesAndNoNeighbours() {
    Features three = SampleFeatures.line(0, 1, 2);
    Features four = SampleFeatures.line(0, 1, 2, 3);
    assertThatThrownBy(() -> PrecisionRecall.of(four, three))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("at least 4 images per side, and line holds 3");
    assertThatThrownBy(() -> PrecisionRecall.of(three, four)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> PrecisionRecall.of(four, four, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("at least 1 neighbour");
    Features wide = SampleFeatures.normal(4, 3, 0, 1);
    assertThatThrownBy(() -> PrecisionRecall.of(four, wide))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("dimensions");
  }
}
