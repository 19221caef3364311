package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

/** KMMD by the bandwidths that were given. */
class FeatureScoresTest {
  private static final double[] SIGMAS = {0.7, 2};

  private final Features real = SampleFeatures.normal(20, 5, 0, 1);
  private final Features fake = SampleFeatures.normal(15, 5, 0.3, 2);
  private final Bootstrap bootstrap = new Bootstrap("bootstrap", 40, 1);

  @Test
  void bandwidthsOfKmmdAreTakenAsTheyAreGiven() {
    scores(true, Kmmd.fixed(real, fake, SIGMAS));
  }

  @Test
  void factorsOfKmmdAreTimesTheDistanceOfRealImages() {
    scores(false, Kmmd.relative(real, fake, SIGMAS));
  }

  private void scores(boolean fixed, Kmmd.Result expected) {
    ScoreSheet sheet = new ScoreSheet();
    ScoreOptions options =
        ScoreOptions.defaults().withKmmd(new ScoreOptions.Kernel(List.of(0.7, 2.0), fixed));
    new FeatureScores(options, Optional.of(bootstrap), sheet).kmmd(real, fake);

    assertThat(expected.value()).isNotEqualTo(Kmmd.of(real, fake).value());
    assertThat(sheet.figures()).containsEntry("kmmd", expected.value());
    ScoreSheet hand = new ScoreSheet();
    hand.figure("kmmd", expected.value());
    hand.interval("kmmd", Kmmd.interval(real, fake, expected, SIGMAS, bootstrap));
    assertThat(sheet.json().get("intervals")).isEqualTo(hand.json().get("intervals"));
  }
}
