package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.ImageSet;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.score.MeanColour;

/** A run whose finish has held-out images, and steps of two parts with two images each. */
@Tag("slow")
class FinishPartsTest {
  private static final int TRAINING = 4;
  private static final ImageSet IMAGES = TinyRootstock.images(TRAINING + 2);
  private static GraftOptions options;
  private static GraftRun run;

  @BeforeAll
  static void build(@TempDir Path folder) {
    TinyGenerator.make().writer(SavedModelWriter.Precision.FLOAT).write(folder);
    GraftOptions finished = TinyRootstock.finished(FinishKind.GRAFT, 1);
    options = finished.withLearning(finished.learning().withBatch(2).withAccumulate(2));
    GraftInput input =
        new GraftInput(
            StoredGenerator.open(folder),
            IMAGES.select(new int[] {0, 1, 2, 3}),
            new TinyNetwork(),
            List.of(MeanColour.MEANS),
            Optional.of(new TinyNetwork()),
            Optional.of(IMAGES.select(new int[] {4, 5})));
    run = new GraftRun(options, input);
  }

  @AfterAll
  static void close() {
    run.close();
  }

  /** So near to the training images a moment would cost more than any KID without them. */
  @Test
  void aMomentCostsItsKidToTheImagesThatTheRunHoldsOut() {
    assertThat(run.cost(Map.of(FinishJudge.KID, 5.0, FinishJudge.DISTANCE, 0.5))).contains(5.0);
  }

  /** A latent vector moves only in a step that its image has a part in. */
  @Test
  void everyStepLearnsFromTheImagesOfAllItsParts() {
    GraftTraining graft = (GraftTraining) run.trainee();
    long ofLatents = options.learning().steps() + options.finish().finishSteps();
    for (long step : List.of(options.learning().steps(), ofLatents)) {
      float[] before = graft.latents();
      graft.step(step);
      float[] after = graft.latents();
      int length = before.length / TRAINING;
      for (int image = 0; image < TRAINING; image++) {
        assertThat(Arrays.copyOfRange(after, image * length, (image + 1) * length))
            .as("image %d in step %d", image, step)
            .isNotEqualTo(Arrays.copyOfRange(before, image * length, (image + 1) * length));
      }
    }
  }
}
