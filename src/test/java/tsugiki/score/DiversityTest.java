package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

class DiversityTest {
  private static final Features REAL = Features.of("real", new float[] {0, 0, 2, 4, 4, 2}, 2);

  @Test
  void theRatioOfTheSummedVariances() {
    // Variances of the columns 0, 2, 4 and 0, 4, 2: 8/3 each; of 0, 1 and 5, 5: 1/4 and 0.
    Features generated = Features.of("generated", new float[] {0, 5, 1, 5}, 2);
    assertThat(Diversity.ratio(REAL, generated)).isCloseTo(0.25 / (16.0 / 3), within(1e-9));
    assertThat(Diversity.ratio(REAL, REAL)).isCloseTo(1, within(1e-9));
  }

  @Test
  void imagesThatAreAllAlikeHaveNone() {
    Features alike = Features.of("generated", new float[] {7, 8, 7, 8}, 2);
    assertThat(Diversity.ratio(REAL, alike)).isZero();
  }

  @Test
  void theSpacingIsTheMeanDistanceToTheNearestOther() {
    // Of (0, 0), (2, 4), (4, 2): √20, √8, √8. Of (0, 0), (0, 3), (0, 7): 3, 3, 4.
    Features generated = Features.of("generated", new float[] {0, 0, 0, 3, 0, 7}, 2);
    assertThat(Diversity.spacing(REAL, generated))
        .isCloseTo(10 / (Math.sqrt(20) + 2 * Math.sqrt(8)), within(1e-9));
    assertThat(Diversity.spacing(REAL, REAL)).isEqualTo(1);
  }

  @Test
  void pairsAreAsFarApartAsTheirDistancesSay() {
    // Of (0, 0), (2, 4), (4, 2): √20, √20, √8. Of (0, 0), (3, 4): 5.
    Features two = Features.of("generated", new float[] {0, 0, 3, 4}, 2);
    assertThat(Diversity.pairwise(REAL, two))
        .isCloseTo(5 / ((2 * Math.sqrt(20) + Math.sqrt(8)) / 3), within(1e-9));
    assertThat(Diversity.pairwise(REAL, REAL)).isEqualTo(1);
    assertThat(Diversity.pairwise(REAL, Features.of("alike", new float[] {7, 8, 7, 8}, 2)))
        .isZero();
  }

  @Test
  void aFewImagesAgainAndAgainHaveVarianceButNoSpacing() {
    Features two = Features.of("real", new float[] {0, 0, 1, 1, 9, 9, 8, 8}, 2);
    Features doubles = Features.of("generated", new float[] {0, 0, 0, 0, 9, 9, 9, 9}, 2);
    assertThat(Diversity.ratio(two, doubles)).isGreaterThan(1);
    assertThat(Diversity.spacing(two, doubles)).isZero();
  }

  @Test
  void aSingleImageIsRefused() {
    Features one = Features.of("generated", new float[] {7, 8}, 2);
    assertThatThrownBy(() -> Diversity.ratio(REAL, one))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("diversity needs at least 2 images");
  }
}
