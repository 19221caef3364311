package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class MemorisationTest {
  /** Training images at 0, 2 and 10, whose radii are 2, 2 and 8. */
  @Test
  void comparesWithTheRadiusOfTheNearestTrainingImage() {
    Features training = SampleFeatures.line(0, 2, 10);
    Features generated = SampleFeatures.line(-3, -2, 1.5f, 17, 19);
    Memorisation.Result result = Memorisation.of(training, generated);
    assertThat(result.copies()).isEqualTo(3);
    assertThat(result.share()).isEqualTo(0.6);
    assertThat(result.pairs())
        .containsExactly(
            new Memorisation.Pair(2, 1, 0.5, 2),
            new Memorisation.Pair(1, 0, 2, 2),
            new Memorisation.Pair(0, 0, 3, 2),
            new Memorisation.Pair(3, 2, 7, 8),
            new Memorisation.Pair(4, 2, 9, 8));
    assertThat(result.pairs().stream().map(Memorisation.Pair::copy))
        .isEqualTo(List.of(true, true, false, true, false));
  }

  /** 5 on average from the nearest of training images that are 4 from one another. */
  @Test
  void theDistanceIsInThoseOfTheTrainingImages() {
    Features training = SampleFeatures.line(0, 2, 10);
    assertThat(Memorisation.distance(training, SampleFeatures.line(-3, 17))).isEqualTo(1.25);
    assertThat(Memorisation.distance(training, training)).isZero();
  }

  @Test
  void findsExactCopiesEvenOfATrainingImageThatIsThereTwice() {
    Features training = SampleFeatures.normal(30, 16, 0, 1);
    assertThat(Memorisation.of(training, training).share()).isEqualTo(1);
    Features twice = Features.concat(List.of(training, training));
    assertThat(Memorisation.of(twice, training).share()).isEqualTo(1);
    Features far = SampleFeatures.normal(30, 16, 50, 2);
    assertThat(Memorisation.of(training, far).share()).isZero();
  }

  /** How often a nearest neighbour is mutual: 2/3 on a line. */
  @Test
  void newImagesOfTheSameDistributionAreCopiesByChance() {
    Features training = SampleFeatures.normal(2000, 1, 0, 1);
    Features fresh = SampleFeatures.normal(2000, 1, 0, 2);
    assertThat(Memorisation.of(training, fresh).share()).isCloseTo(2 / 3.0, within(0.04));
  }

  @Test
  void refusesASingleTrainingImageAndOtherDimensions() {
    Features one = SampleFeatures.normal(1, 2, 0, 1);
    Features two = SampleFeatures.normal(2, 2, 0, 1);
    assertThat(Memorisation.of(two, one).pairs()).hasSize(1);
    assertThatThrownBy(() -> Memorisation.of(one, two))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("at least 2 training images");
    assertThatThrownBy(() -> Memorisation.of(two, SampleFeatures.normal(2, 3, 0, 1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("dimensions");
  }
}
