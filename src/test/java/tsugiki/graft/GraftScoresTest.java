package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tsugiki.data.ImageSet;
import tsugiki.features.Features;
import tsugiki.runtime.Sessions;
import tsugiki.score.Kid;
import tsugiki.score.Kmmd;
import tsugiki.score.MeanColour;
import tsugiki.score.Memorisation;

/** The scores on the page of a graft, against the same by hand. */
@Tag("slow")
class GraftScoresTest {
  @Test
  void theScoresAreThoseOfTheSamplesAndOfTheReconstructions() {
    ImageSet images = TinyRootstock.images(5);
    byte[] samples = MeanColour.images(32, 0x102030, 0xffeedd, 0x808000).pixels();
    Features real = MeanColour.MEANS.of(images);
    Features drawn = MeanColour.MEANS.of(samples, images.imageLength());
    try (GraftTraining graft =
            new GraftTraining(
                TinyRootstock.options(GraftMethod.POINT_WISE, 4),
                TinyRootstock.make(),
                images,
                new TinyNetwork());
        GraftScores scores =
            new GraftScores(graft, images, List.of(MeanColour.MEANS), 3, Sessions.Settings.cpu())) {
      Map<String, Double> found =
          scores.measure(
              count -> {
                assertThat(count).isEqualTo(3);
                return samples;
              });
      assertThat(found)
          .containsOnlyKeys("reconstruction_l1", "kmmd/mean-colour", "kid/mean-colour");
      assertThat(found.get("kmmd/mean-colour"))
          .isCloseTo(Kmmd.of(real, drawn).value(), within(1e-5));
      assertThat(found.get("kid/mean-colour"))
          .isCloseTo(Kid.allSamples(real, drawn).value(), within(1e-5));
      assertThat(found.get("reconstruction_l1"))
          .isCloseTo(difference(images.pixels(), graft.draw(graft.latents())), within(1e-9));
      assertThat(scores.intervals()).containsOnlyKeys("kmmd/mean-colour", "kid/mean-colour");
      assertThat(scores.closest(samples))
          .extracting(Memorisation.Pair::generated)
          .containsExactlyElementsOf(
              Memorisation.of(real, drawn).pairs().stream()
                  .map(Memorisation.Pair::generated)
                  .toList());
    }
  }

  private static double difference(byte[] ones, byte[] others) {
    double sum = 0;
    for (int i = 0; i < ones.length; i++) {
      sum += Math.abs(Byte.toUnsignedInt(ones[i]) - Byte.toUnsignedInt(others[i]));
    }
    return sum / ones.length;
  }
}
