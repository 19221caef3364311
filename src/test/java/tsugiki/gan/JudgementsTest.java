package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.base.SameBits;
import tsugiki.data.BadImagePolicy;
import tsugiki.data.ImageSet;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.TensorBundle;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.score.Kid;
import tsugiki.score.MeanColour;
import tsugiki.train.Checkpoints;
import tsugiki.train.Execution;
import tsugiki.train.Intervals;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingRun;

/** Trainings that are judged by images that they do not see. */
@Tag("slow")
class JudgementsTest {
  private static final String KID = "kid";
  private static final double[] SCORES = {3, 2, 2.5, 1, 4, 5, 0.5};

  @TempDir private Path folder;

  @Test
  void theBestMomentIsKeptAndTheTrainingEndsAfterSoManyScoresWithoutABetterOne() {
    try (GanTraining training = training()) {
      Judgements judgements = new Judgements(training, KID, 10, 2);
      Map<String, float[]> kept = Map.of();
      boolean[] ended = new boolean[SCORES.length];
      for (int i = 0; i < SCORES.length; i++) {
        training.step(i);
        if (i == 3) {
          kept = training.generatorValues();
        }
        long done = 10L * (i + 1);
        judgements.of(Map.of(KID, SCORES[i]), done);
        assertThat(judgements.ended(done - 1)).isFalse();
        ended[i] = judgements.ended(done);
        if (i == 5) {
          assertSame(training.kept(training::generatorValues), kept);
          assertThat(training.generatorValues().get("generator/linear/kernel"))
              .isNotEqualTo(kept.get("generator/linear/kernel"));
        }
      }
      assertThat(ended).containsExactly(false, false, false, false, false, true, false);
    }
  }

  @Test
  void theBestSoFarIsMeasured() {
    try (GanTraining training = training()) {
      Judgements judgements = new Judgements(training, KID, 10, 0);
      training.step(0);
      judgements.of(Map.of(KID, 2.0), 10);
      assertThat(judgements.of(Map.of(KID, 3.0), 20))
          .containsEntry("best_step", 10.0)
          .containsEntry("best_kid", 2.0)
          .containsEntry(KID, 3.0);
      assertThat(judgements.ended(1000)).as("patience 0").isFalse();
    }
  }

  @Test
  void theBestMomentIsInTheCheckpoint() {
    Checkpoints checkpoints = new Checkpoints(folder);
    Map<String, float[]> kept;
    try (GanTraining training = training()) {
      Judgements judgements = new Judgements(training, KID, 1, 2);
      training.step(0);
      kept = training.generatorValues();
      judgements.of(Map.of(KID, 1.0), 1);
      training.step(1);
      judgements.of(Map.of(KID, 2.0), 2);
      checkpoints.save(2, training.session(), training.state());
    }
    try (GanTraining training = training()) {
      checkpoints.restoreLatest(training);
      assertSame(training.kept(training::generatorValues), kept);
      assertThat(new Judgements(training, KID, 1, 1).ended(2)).isTrue();
    }
  }

  @Test
  void aRunEndsWhenItGetsNoBetterAndExportsItsBest() {
    Path run = folder.resolve("run");
    GanRunOptions options = options(40, 1);
    GanRun.Result result = train(RunDirectory.create(run, options), options);
    long best = Math.round(result.metrics().get("best_step"));
    assertThat(result.steps()).isLessThan(40).isEqualTo(best + 1);
    assertThat(RunDirectory.resume(run).metrics()).hasSize((int) result.steps());
    assertThat(run.resolve("checkpoints/best")).hasContent("step-%06d\n".formatted(best));
    assertThat(run.resolve("samples-%06d.png".formatted(result.steps()))).exists();

    Path cut = folder.resolve("cut");
    GanRunOptions shorter = options(best, 0);
    train(RunDirectory.create(cut, shorter), shorter);
    assertThat(exported(run))
        .usingRecursiveComparison(SameBits.comparison())
        .isEqualTo(exported(cut));

    // A checkpoint gives its own generator, not the best so far.
    Path latest = folder.resolve("latest");
    try (GanRun gan = new GanRun(options, input(options))) {
      TrainingRun.export(gan, RunDirectory.resume(run), "latest", latest);
    }
    Path whole = folder.resolve("whole");
    GanRunOptions unjudged = options(result.steps(), 0);
    train(RunDirectory.create(whole, unjudged), unjudged);
    try (GanRun gan = new GanRun(unjudged, input(unjudged))) {
      TrainingRun.export(gan, RunDirectory.resume(whole), "latest", folder.resolve("last"));
    }
    assertThat(exported(latest))
        .usingRecursiveComparison(SameBits.comparison())
        .isEqualTo(exported(folder.resolve("last")))
        .isNotEqualTo(exported(run));

    // A run that has ended does not go on.
    assertThat(train(RunDirectory.resume(run), options).steps()).isEqualTo(result.steps());
  }

  @Test
  void theScoreComparesWithTheImagesThatTheTrainingDoesNotSee() {
    GanRunOptions options = options(1, 0);
    ImageSet unseen = MeanColour.images(8, 0xf0e0d0, 0xc0f0a0, 0xa0b0f0);
    GanInput input =
        new GanInput(
            TinyGan.smallImages(),
            TrainingLabels.of(TinyGan.smallImages()),
            Optional.empty(),
            Optional.of(MeanColour.MEANS),
            unseen,
            Map.of());
    try (GanRun gan = new GanRun(options, input)) {
      Map<String, Double> measured =
          gan.train(RunDirectory.create(folder.resolve("run"), options)).metrics();
      byte[] drawn = ((GanTraining) gan.trainee()).drawSpread(unseen.count());
      double expected =
          Kid.allSamples(
                  MeanColour.MEANS.of(unseen), MeanColour.MEANS.of(drawn, unseen.imageLength()))
              .value();
      assertThat(measured.get("kid_3")).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void aShareIsHeldOutAlikeForEverySeedAndNotTrainedOn() {
    HeldOut parts =
        HeldOut.of(TinyGan.smallImages(), new StoppingOptions("25%", 0), BadImagePolicy.FAIL);
    assertThat(parts.judging().count()).isEqualTo(3);
    assertThat(parts.training().count()).isEqualTo(9);
    assertThat(parts.training().names()).doesNotContainAnyElementsOf(parts.judging().names());
    ImageSet all = TinyGan.smallImages();
    HeldOut none = HeldOut.of(all, StoppingOptions.defaults(), BadImagePolicy.FAIL);
    assertThat(none.training()).isSameAs(all).isSameAs(none.judging());
  }

  @Test
  void tooFewImagesAreRefused() {
    refused(
        () -> HeldOut.of(TinyGan.smallImages(), new StoppingOptions("5%", 0), BadImagePolicy.FAIL),
        "5% of 12");
    refused(
        () -> HeldOut.of(TinyGan.smallImages(), new StoppingOptions("90%", 0), BadImagePolicy.FAIL),
        "without an image to train on");
    refused(() -> new StoppingOptions("100%", 0), "holdOut is 100%");
    refused(() -> new StoppingOptions("", 3), "hold some out by holdOut");
    refused(() -> new StoppingOptions("10%", -1), "stopAfter is -1");
  }

  private interface Work {
    void run();
  }

  private static void refused(Work work, String words) {
    assertThatThrownBy(work::run).isInstanceOf(BadInputException.class).hasMessageContaining(words);
  }

  private static void assertSame(Map<String, float[]> values, Map<String, float[]> expected) {
    assertThat(values.keySet()).isEqualTo(expected.keySet());
    values.forEach((name, own) -> assertThat(own).as(name).containsExactly(expected.get(name)));
  }

  private static Map<String, TensorBundle.Entry> exported(Path run) {
    return new TreeMap<>(TensorBundle.read(SavedModelWriter.variables(run.resolve("model"))));
  }

  private static GanTraining training() {
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    BigGanNetworks networks = TinyGan.smallest(labels.classNames().size());
    return new GanTraining(
        TinyGan.options(SupervisionOptions.defaults()),
        networks,
        TinyGan.smallImages(),
        labels,
        networks,
        Sessions.Settings.cpu(),
        true);
  }

  private static GanRunOptions options(long steps, int patience) {
    return GanRunOptions.defaults(Path.of("unused"), Execution.here(Device.CPU))
        .withNetwork(new BigGanOptions(8, 8, List.of(1, 1), 0, 8, false))
        .withTraining(TinyGan.options(SupervisionOptions.defaults()).withSteps(steps))
        .withWatch(
            GanWatchOptions.defaults()
                .withIntervals(new Intervals(1, 100, 100))
                .withScoreNetwork("fake")
                .withScoreEvery(1)
                .withScoreImages(6))
        .withStopping(new StoppingOptions("25%", patience));
  }

  private static GanRun.Result train(RunDirectory run, GanRunOptions options) {
    try (GanRun gan = new GanRun(options, input(options))) {
      return gan.train(run);
    }
  }

  private static GanInput input(GanRunOptions options) {
    HeldOut parts = HeldOut.of(TinyGan.smallImages(), options.stopping(), BadImagePolicy.FAIL);
    return new GanInput(
        parts.training(),
        TrainingLabels.of(parts.training()),
        Optional.empty(),
        Optional.of(new TinyGan.Fake()),
        parts.judging(),
        Map.of());
  }
}
