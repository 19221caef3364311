package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tsugiki.data.ImageSet;
import tsugiki.features.Features;
import tsugiki.runtime.Sessions;
import tsugiki.score.Kid;
import tsugiki.score.KidProbe;
import tsugiki.score.MeanColour;
import tsugiki.score.Memorisation;

/** The last scores of a training: of which generator, against which images. */
@Tag("slow")
class FinalScoresTest {
  private static final ImageSet ALL = TinyGan.smallImages();
  private static final ImageSet IMAGES = ALL.select(IntStream.range(0, 7).toArray());
  private static final ImageSet HELD_OUT = ALL.select(IntStream.range(7, 12).toArray());

  @Test
  void theMomentThatIsKeptIsScoredAgainstTheHeldOutImagesAndSearchedForTheTrainingImages() {
    try (KidProbe probe = probe();
        GanTraining training = training(true)) {
      training.step(0);
      training.judge(1, 1);
      Features best = probe.features(training.drawSpread(probe.count()));
      for (int step = 1; step < 4; step++) {
        training.step(step);
      }
      probe.of(training.drawSpread(probe.count()));
      Features last = probe.last().orElseThrow();
      assertThat(kid(best)).isNotEqualTo(kid(last));
      assertRows(FinalScores.of(probe, training, input()), best);
    }
  }

  @Test
  void ofATrainingThatIsNotJudgedTheLastMomentIsScored() {
    try (KidProbe probe = probe();
        GanTraining training = training(false)) {
      training.step(0);
      assertRows(
          FinalScores.of(probe, training, input()),
          probe.features(training.drawSpread(probe.count())));
      training.step(1);
      probe.of(training.drawSpread(probe.count()));
      assertRows(FinalScores.of(probe, training, input()), probe.last().orElseThrow());
    }
  }

  private static void assertRows(FinalScores scores, Features generated) {
    double copies = Memorisation.of(MeanColour.MEANS.of(IMAGES), generated).share();
    assertThat(scores.rows())
        .extracting(row -> row.subList(0, 2))
        .containsExactly(
            List.of("kid_3", kid(generated)),
            List.of("share of copies", String.format(Locale.ROOT, "%.3f", copies)));
    assertThat(scores.words()).contains("5 of 7 training images were searched");
  }

  private static String kid(Features generated) {
    double kid = Kid.allSamples(MeanColour.MEANS.of(HELD_OUT), generated).value();
    return String.format(Locale.ROOT, "%.5f", kid);
  }

  private static KidProbe probe() {
    return new KidProbe(MeanColour.MEANS, HELD_OUT, 10, 0, Sessions.Settings.cpu());
  }

  private static GanInput input() {
    return new GanInput(
        IMAGES,
        TrainingLabels.of(IMAGES),
        Optional.empty(),
        Optional.of(MeanColour.MEANS),
        HELD_OUT,
        Map.of());
  }

  private static GanTraining training(boolean judged) {
    BigGanNetworks networks = TinyGan.smallest(TinyGan.CLASSES.size());
    return new GanTraining(
        TinyGan.options(SupervisionOptions.defaults()),
        networks,
        IMAGES,
        TrainingLabels.of(IMAGES),
        networks,
        Sessions.Settings.cpu(),
        judged);
  }
}
