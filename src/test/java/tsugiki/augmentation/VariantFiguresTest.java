package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.features.Features;
import tsugiki.gan.StoppingOptions;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SolidColours;
import tsugiki.score.FrechetDistance;
import tsugiki.score.GeneratorScores;
import tsugiki.score.InceptionScore;
import tsugiki.score.Kid;
import tsugiki.score.MeanColour;
import tsugiki.score.Memorisation;
import tsugiki.score.PrecisionRecall;

/** Every column of a generator of plain colours, from the colours of its images by hand. */
class VariantFiguresTest {
  private static final int SIDE = 8;
  private static final int COUNT = 10;
  private static final Offset<Double> CLOSE = within(1e-4);

  @TempDir private Path model;

  @Test
  void everyColumnComparesTheImagesThatItsNameSays() {
    SolidColours.write(model, SIDE);
    byte[] drawn = drawn(0, COUNT);
    // The generator's first images, which it repeats.
    ImageSet training = images(drawn(0, 4));
    // All but the same grey: amid the colours of the generator, and none of these is among them.
    ImageSet others =
        MeanColour.images(SIDE, 0x808080, 0x848080, 0x808480, 0x808084, 0x848484, 0x808484);
    GeneratorScores.Judges judges =
        new GeneratorScores.Judges(Map.of("", MeanColour.MEANS), Optional.of(MeanColour.SHARES));
    Map<String, Double> found;
    try (VariantScores scores =
        new VariantScores(
            new VariantScores.Networks(judges, List.of(0)),
            new StudyImages(training, others, others, 100, StoppingOptions.defaults()),
            COUNT,
            Sessions.Settings.cpu())) {
      found = scores.of(model);
      assertThat(found).containsKeys(scores.scores().toArray(String[]::new));
    }

    Features real = MeanColour.MEANS.of(others);
    Features generated = MeanColour.MEANS.of(images(drawn));
    PrecisionRecall.Result balls = PrecisionRecall.of(real, generated, 3);
    assertThat(balls.precision()).isNotEqualTo(balls.recall());
    assertThat(found.get("precision")).isEqualTo(balls.precision());
    assertThat(found.get("recall")).isEqualTo(balls.recall());
    double copies = Memorisation.of(MeanColour.MEANS.of(training), generated).share();
    assertThat(copies).isNotEqualTo(Memorisation.of(real, generated).share());
    assertThat(found.get("memorised")).isEqualTo(copies);
    assertThat(found.get("kid")).isCloseTo(Kid.allSamples(real, generated).value(), CLOSE);
    assertThat(found.get("fid")).isCloseTo(FrechetDistance.between(real, generated).value(), CLOSE);
    Features shares = MeanColour.SHARES.of(images(drawn));
    assertThat(found.get("mean_colour_class_score"))
        .isCloseTo(InceptionScore.inOrder(shares, 1).mean(), CLOSE);
    assertThat(found.get("wanted_share")).isEqualTo(mostlyRed(shares) / (double) COUNT);
  }

  private static int mostlyRed(Features shares) {
    int red = 0;
    for (int i = 0; i < shares.count(); i++) {
      red += shares.get(i, 0) > Math.max(shares.get(i, 1), shares.get(i, 2)) ? 1 : 0;
    }
    return red;
  }

  private byte[] drawn(long first, int count) {
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      long[] seeds = LongStream.range(first, first + count).toArray();
      float[] z = LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, seeds);
      return generator.images(z, new long[0]);
    }
  }

  private static ImageSet images(byte[]... parts) {
    return ImageSet.of(
        Arrays.stream(parts)
            .flatMap(pixels -> RgbImage.split("image", SIDE, SIDE, pixels).stream())
            .toList(),
        "all");
  }
}
