package tsugiki.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.data.ImageSet;
import tsugiki.features.Features;
import tsugiki.gan.DcganOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.GanWatchOptions;
import tsugiki.runtime.Device;
import tsugiki.score.Diversity;
import tsugiki.score.GeneratorScores;
import tsugiki.score.Kid;
import tsugiki.score.MeanColour;
import tsugiki.train.Execution;

/** The scores of images whose colours, and the distances between them, are known. */
class ActivationScoresTest {
  private static final int SIDE = 8;

  /** Greys of 100, 104, ... 136: their twenty nearest pairs are up to 12 apart. */
  private static final ImageSet REAL =
      MeanColour.images(SIDE, IntStream.range(0, 10).map(i -> (100 + 4 * i) * 0x010101).toArray());

  @Test
  void doublesAreCountedByFeaturesAndByPixelsApart() {
    byte[] images = collapsed();
    GanRunOptions gan =
        GanRunOptions.defaults(Path.of("unused"), Execution.here(Device.CPU))
            .withNetwork(DcganOptions.defaults())
            .withWatch(GanWatchOptions.defaults().withScoreImages(REAL.count()));
    Map<String, Double> found;
    try (ActivationScores scores =
        new ActivationScores(
            ActivationStudyOptions.defaults(gan).withClassifier("none"),
            new GeneratorScores.Judges(Map.of("", MeanColour.MEANS), Optional.empty()),
            REAL)) {
      found = scores.of(images);
      assertThat(scores.names()).containsExactlyInAnyOrderElementsOf(found.keySet());
    }
    // The five of one mean colour make ten pairs, and the two that are the same image one.
    assertThat(found.get("near_pairs")).isEqualTo(11);
    assertThat(found.get("near_pairs_pixels")).isEqualTo(1);

    Features real = MeanColour.MEANS.of(REAL);
    Features generated = MeanColour.MEANS.of(images, REAL.imageLength());
    double pairwise = Diversity.pairwise(real, generated);
    assertThat(pairwise).isGreaterThan(2);
    assertThat(found.get("pairwise")).isCloseTo(pairwise, within(1e-4));
    assertThat(found.get("kid")).isCloseTo(Kid.allSamples(real, generated).value(), within(1e-5));
  }

  /** Five patterns of mean 128 that differ in half of their pixels, and five plain greys. */
  private static byte[] collapsed() {
    byte[] plain =
        MeanColour.images(SIDE, 0, 0, 0, 0, 0, 0x0a0a0a, 0x0a0a0a, 0x323232, 0x5a5a5a, 0xc8c8c8)
            .pixels();
    int length = REAL.imageLength();
    for (int image = 0; image < 5; image++) {
      for (int i = 0; i < length; i++) {
        plain[image * length + i] = (byte) ((i / 3 >> image) % 2 == 0 ? 28 : 228);
      }
    }
    return plain;
  }
}
