package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Ints;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.GivenLabels;
import tsugiki.data.ImageSet;
import tsugiki.data.ShareLabels;
import tsugiki.data.SingleLabel;
import tsugiki.features.Clusters;
import tsugiki.features.FeatureModel;
import tsugiki.loss.SelfSupervision;
import tsugiki.painting.ShapePainter;
import tsugiki.runtime.Sessions;
import tsugiki.score.Agreement;

/** On painted shapes, whose ten classes are known: what rotations teach where labels are few. */
@Tag("slow")
class FewLabelsTest {
  private static final ImageSet IMAGES = ShapePainter.paint(40, 16, 5);

  @TempDir private Path folder;

  @Test
  void rotationsLowerTheLabelErrorOfANetworkWithATenthOfTheLabels() {
    double alone = labelError(SelfSupervision.NONE);
    double withRotations = labelError(SelfSupervision.ROTATION);

    assertThat(alone).as("ten classes leave an error of 0.9 by chance").isLessThan(0.6);
    assertThat(withRotations).isLessThan(alone - 0.08);
  }

  @Test
  void clustersOfANetworkThatSawNoLabelFindTheClasses() {
    GivenLabels none = new SingleLabel().given(IMAGES);
    Path model = folder.resolve("model");
    try (FeatureTraining training = trained(options(SelfSupervision.ROTATION), none)) {
      training.writer(List.of(), "# A card\n").write(model);
    }
    Clusters found;
    try (FeatureModel network = FeatureModel.open(model, Sessions.Settings.cpu())) {
      found = Clusters.of(network.of(IMAGES), 10, 1, Sessions.Settings.cpu());
    }

    Agreement agreement = Agreement.of(found.nearest(), IMAGES.labels());
    int[] dealt = found.nearest().clone();
    Collections.shuffle(Ints.asList(dealt), new Random(1));
    Agreement chance = Agreement.of(dealt, IMAGES.labels());
    assertThat(agreement.purity()).isGreaterThan(2.5 * chance.purity());
    assertThat(agreement.information()).isGreaterThan(chance.information() + 0.4);
  }

  private static double labelError(SelfSupervision selfSupervision) {
    GivenLabels tenth = new ShareLabels("10%", 0).given(IMAGES);
    int[] judged = tenth.hidden();
    int[] truth = Arrays.stream(judged).map(i -> tenth.truth()[i]).toArray();
    try (FeatureTraining training = trained(options(selfSupervision), tenth)) {
      return training.errors(IMAGES.select(judged), truth).get("label_error");
    }
  }

  private static FeatureTraining trained(FeatureTrainingOptions options, GivenLabels labels) {
    FeatureTraining training =
        new FeatureTraining(options, IMAGES, labels, Sessions.Settings.cpu());
    for (long step = 0; step < options.steps(); step++) {
      training.step(step);
    }
    return training;
  }

  private static FeatureTrainingOptions options(SelfSupervision selfSupervision) {
    return new FeatureTrainingOptions(16, 12, 1, 32, 500, 5e-3f, 0.1f, selfSupervision, true, 1);
  }
}
