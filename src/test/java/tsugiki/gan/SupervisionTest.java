package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Suppliers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tsugiki.augment.Augmentation;
import tsugiki.base.BadInputException;
import tsugiki.data.ClassShares;
import tsugiki.graph.Ancestors;
import tsugiki.loss.GanLoss;
import tsugiki.loss.SelfSupervision;
import tsugiki.runtime.Sessions;

/** Every term of the S³GAN family's losses in the steps that train on them. */
@Tag("slow")
class SupervisionTest {
  private static final float LAMBDA = 0.7f;
  private static final float BETA = 0.9f;
  private static final float ALPHA = 0.3f;
  private static final Offset<Double> CLOSE = within(2e-5);

  /** Two of the four images at four angles. */
  private static final float SHARE = 2;

  private static final int CLASSES = TinyGan.CLASSES.size();
  private static final int[] TURNS = {0, 0, 1, 1, 2, 2, 3, 3};

  /** The images' labels are 0, 1, 2, 0; the last two of the batch are hidden. */
  private static final int[] KNOWN = {0, 1, -1, -1};

  private static final Supplier<RecordedStep> PLAIN =
      Suppliers.memoize(() -> step(SupervisionOptions.defaults(), labels()));

  @Test
  void bigGanHasTheHingeLossAlone() {
    RecordedStep step = PLAIN.get();
    assertThat(step.measuredNames())
        .containsExactly("loss_d", "score_real", "score_fake", "loss_g");
    assertThat(step.measured("loss_d")).isCloseTo(hinge(step), CLOSE);
    assertThat(step.gradient("discriminator/turn_head/bias")).isNull();
    assertThat(step.gradient("discriminator/class_head/bias")).isNull();
  }

  @Test
  void generatedImagesAreScoredAsTheClassesThatTheyWereDrawnFor() {
    SupervisionOptions rotation = options(Unlabelled.DROP, false, SelfSupervision.ROTATION);
    GanOptions options = TinyGan.options(rotation);
    try (GanTraining training = TinyGan.smallTraining(options, labels())) {
      Ancestors ancestors = new Ancestors(training.structure());
      DiscriminatorOutputs outputs = training.steps().outputs();
      for (String output : List.of("fake", "fake_for_generator")) {
        String score = outputs.outputs().get(output).op().name();
        // A second draw of labels would be another node.
        assertThat(ancestors.of(List.of(score)))
            .filteredOn(
                name -> ancestors.node(name).getOp().startsWith("StatelessRandomUniformInt"))
            .as(output)
            .hasSize(1);
      }
    }
  }

  @Test
  void rotationsAddTheirLossesAndScoresAreOfUprightImagesAlone() {
    RecordedStep plain = PLAIN.get();
    RecordedStep step = step(options(Unlabelled.DROP, false, SelfSupervision.ROTATION), labels());

    assertRows(step.output("real"), plain.output("real"));
    assertRows(step.output("fake"), plain.output("fake"));
    double real = crossEntropy(step.output("real_rotations"), TURNS);
    double fake = crossEntropy(step.output("fake_rotations"), TURNS);
    assertThat(step.measured("loss_rotation_real")).isCloseTo(real, CLOSE);
    assertThat(step.measured("loss_rotation_fake")).isCloseTo(fake, CLOSE);
    assertThat(step.measured("loss_d")).isCloseTo(hinge(step) + BETA * real, CLOSE);
    assertThat(step.measured("loss_g"))
        .isCloseTo(-mean(step.output("fake_for_generator")) + ALPHA * fake, CLOSE);
    // Only real images' turns: the generated ones' would add to this gradient.
    assertRows(
        step.gradient("discriminator/turn_head/bias"),
        biasGradient(step.output("real_rotations"), TURNS, 4, BETA));
  }

  /** Two of the four images are also shown at three angles, ten images in all. */
  @Test
  void viewsAreFurtherRealAndGeneratedImagesWithoutAHead() {
    RecordedStep plain = PLAIN.get();
    RecordedStep step = step(options(Unlabelled.DROP, false, SelfSupervision.VIEWS), labels());

    for (String side : List.of("real", "fake")) {
      assertThat(step.output(side)).as(side).hasSize(10);
      assertRows(Arrays.copyOf(step.output(side), 4), plain.output(side));
    }
    assertThat(step.measuredNames())
        .containsExactly("loss_d", "score_real", "score_fake", "loss_g");
    assertThat(step.measured("loss_d")).isCloseTo(hinge(step), CLOSE);
    assertThat(step.measured("loss_g")).isCloseTo(-mean(step.output("fake_for_generator")), CLOSE);
    assertThat(step.gradient("discriminator/turn_head/bias")).isNull();
  }

  @Test
  void aViewIsOfItsImagesClass() {
    SupervisionOptions views = options(Unlabelled.DROP, false, SelfSupervision.VIEWS);
    int[] others = TinyGan.images().labels();
    others[2] = (others[2] + 1) % CLASSES;
    float[] one = step(views, labels()).output("real");
    float[] other = step(views, TrainingLabels.hard(others, TinyGan.CLASSES)).output("real");
    for (int i = 0; i < one.length; i++) {
      boolean ofThird = i == 2 || i == 4 || i == 6 || i == 8;
      assertThat(Math.abs(one[i] - other[i]) > 1e-6).as("image %d", i).isEqualTo(ofThird);
    }
  }

  @Test
  void theHeadLabelsTheViewsOfAnImageAsTheImage() {
    RecordedStep step =
        step(options(Unlabelled.CO_TRAINING, false, SelfSupervision.VIEWS), partly());
    assertThat(step.output("real_classes")).hasSize(4 * CLASSES);
    double classes = crossEntropy(step.output("real_classes"), KNOWN);
    assertThat(step.measured("loss_d")).isCloseTo(hinge(step) + LAMBDA * classes, CLOSE);
  }

  /** A score of a view belongs to its own image in all that compares scores or mixes images. */
  @Test
  void viewsGoWithAProjectedDiscriminatorConsistencyAndAGradientPenalty() {
    SupervisionOptions views = options(Unlabelled.DROP, false, SelfSupervision.VIEWS);
    GanOptions projected = TinyGan.options(DiscriminatorKind.PROJECTED).withSupervision(views);
    try (GanTraining training =
        new GanTraining(
            projected,
            TinyGan.NETWORKS,
            TinyGan.images(),
            labels(),
            TinyGan.discriminator(DiscriminatorKind.PROJECTED),
            Sessions.Settings.cpu())) {
      assertThat(training.steps().outputs().real().shape().get(0)).isEqualTo(10);
    }
    GanOptions penalised =
        TinyGan.options(views)
            .withAugment(Set.of(Augmentation.BCR, Augmentation.ZCR))
            .withLoss(GanLoss.WASSERSTEIN_GP);
    try (GanTraining training = TinyGan.smallTraining(penalised, labels())) {
      assertThat(training.steps().outputs().outputs())
          .containsKeys("consistency_latent", "penalty");
    }
  }

  @Test
  void theGeneratorFollowsTheRotationsOfItsImagesByAlpha() {
    float[] without = generatorGradient(0);
    float[] with = generatorGradient(ALPHA);
    double longest = 0;
    for (int i = 0; i < with.length; i++) {
      longest = Math.max(longest, Math.abs(with[i] - without[i]));
    }
    assertThat(longest).isGreaterThan(1e-4);
  }

  @Test
  void coTrainingHasTheFourTermsOfThePaper() {
    RecordedStep step =
        step(options(Unlabelled.CO_TRAINING, false, SelfSupervision.NONE), partly());

    double labelled = 0;
    double unlabelled = 0;
    float[] scores = step.output("real");
    for (int i = 0; i < scores.length; i++) {
      double term = Math.max(0, 1 - scores[i]) / scores.length;
      labelled += KNOWN[i] >= 0 ? term : 0;
      unlabelled += KNOWN[i] >= 0 ? 0 : term;
    }
    double classes = crossEntropy(step.output("real_classes"), KNOWN);
    assertThat(step.measured("loss_class")).isCloseTo(classes, CLOSE);
    assertThat(step.measured("loss_d"))
        .isCloseTo(labelled + unlabelled + hingeOfFake(step) + LAMBDA * classes, CLOSE);
    // Neither the guessed labels of the other images nor generated images teach the class head.
    assertRows(
        step.gradient("discriminator/class_head/bias"),
        biasGradient(step.output("real_classes"), KNOWN, CLASSES, LAMBDA));
    assertThat(step.measured("loss_g")).isCloseTo(-mean(step.output("fake_for_generator")), CLOSE);
  }

  @Test
  void softCoTrainingAddsTheLossesOfKnownLabelsAndOfRotations() {
    SupervisionOptions options = options(Unlabelled.CO_TRAINING, true, SelfSupervision.ROTATION);
    RecordedStep step = step(options, partly());
    assertThat(step.measured("loss_d"))
        .isCloseTo(
            hinge(step)
                + LAMBDA * crossEntropy(step.output("real_classes"), KNOWN)
                + BETA * crossEntropy(step.output("real_rotations"), TURNS),
            CLOSE);
  }

  @Test
  void aRowWithOneOneIsALabelAndAMixedOneIsNot() {
    int[] hard = TinyGan.images().labels();
    float[] rows = new float[hard.length * CLASSES];
    for (int i = 0; i < hard.length; i++) {
      rows[i * CLASSES + hard[i]] = i == 3 ? 0.5f : 1;
    }
    rows[3 * CLASSES + 1] = 0.5f;
    float[] soft =
        step(SupervisionOptions.defaults(), TrainingLabels.soft(rows, TinyGan.CLASSES))
            .output("real");
    float[] plain = PLAIN.get().output("real");
    assertRows(Arrays.copyOf(soft, 3), Arrays.copyOf(plain, 3));
    assertThat((double) soft[3]).isNotCloseTo(plain[3], CLOSE);
  }

  @Test
  void generatedImagesGetTheClassesOfTheDistributionOnly() {
    float[] gradient =
        step(SupervisionOptions.defaults(), labels().withFakes(ClassShares.of(0, 1, 0)))
            .gradient("generator/classes/table");
    int width = gradient.length / CLASSES;
    for (int i = 0; i < gradient.length; i++) {
      assertThat(gradient[i] != 0).as("class %d", i / width).isEqualTo(i / width == 1);
    }
  }

  @Test
  void labelsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> step(SupervisionOptions.defaults(), partly()))
        .hasMessage("images without a label need co-training");
    float[] rows = {1, 0, 0};
    assertThatThrownBy(
            () ->
                step(
                    options(Unlabelled.CO_TRAINING, false, SelfSupervision.NONE),
                    TrainingLabels.soft(rows, TinyGan.CLASSES)))
        .hasMessage("co-training takes labels, not rows of probabilities");
  }

  @Test
  void aShareThatTheAnglesDoNotDivideIsRefused() {
    SupervisionOptions quarter = rotation();
    assertThat(quarter.rotatedImages(32)).isEqualTo(2);
    assertThatThrownBy(() -> TinyGan.options(quarter))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "rotatedShare 0.25 of batch 4 is 1 image, which the four angles do not divide; change one so that it is a multiple of 4");
    SupervisionOptions tooMany = rotation().withRotatedShare(8f);
    assertThatThrownBy(() -> tooMany.rotatedImages(4)).hasMessageContaining("rotatedShare is 8.0");
  }

  private static float[] generatorGradient(float alpha) {
    SupervisionOptions options =
        rotation().withRotatedShare(SHARE).withRotationWeightD(0f).withRotationWeightG(alpha);
    return step(options, labels()).gradient("generator/output/conv/kernel");
  }

  private static SupervisionOptions rotation() {
    return SupervisionOptions.defaults().withSelfSupervision(SelfSupervision.ROTATION);
  }

  private static SupervisionOptions options(
      Unlabelled unlabelled, boolean soft, SelfSupervision task) {
    return new SupervisionOptions(unlabelled, soft, LAMBDA, 0, task, SHARE, BETA, ALPHA);
  }

  private static RecordedStep step(SupervisionOptions supervision, TrainingLabels labels) {
    return new RecordedStep(TinyGan.options(supervision), labels);
  }

  private static TrainingLabels labels() {
    return TrainingLabels.of(TinyGan.images());
  }

  /** Labels of which the first two of the batch are known. */
  private static TrainingLabels partly() {
    int[] labels = TinyGan.images().labels();
    Arrays.fill(labels, 2, labels.length, TrainingLabels.UNKNOWN);
    return TrainingLabels.hard(labels, TinyGan.CLASSES);
  }

  private static double hinge(RecordedStep step) {
    double sum = 0;
    for (float score : step.output("real")) {
      sum += Math.max(0, 1 - score) / step.output("real").length;
    }
    return sum + hingeOfFake(step);
  }

  private static double hingeOfFake(RecordedStep step) {
    double sum = 0;
    for (float score : step.output("fake")) {
      sum += Math.max(0, 1 + score) / step.output("fake").length;
    }
    return sum;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value / values.length;
    }
    return sum;
  }

  /** −mean log softmax over the rows whose label is not negative. */
  private static double crossEntropy(float[] logits, int[] labels) {
    int width = logits.length / labels.length;
    double sum = 0;
    int counted = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        sum -= Math.log(softmax(logits, i, width)[labels[i]]);
        counted++;
      }
    }
    return sum / counted;
  }

  /** The gradient of weight · crossEntropy by a bias on the logits. */
  private static float[] biasGradient(float[] logits, int[] labels, int width, double weight) {
    double[] sums = new double[width];
    int counted = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        double[] row = softmax(logits, i, width);
        row[labels[i]] -= 1;
        for (int c = 0; c < width; c++) {
          sums[c] += row[c];
        }
        counted++;
      }
    }
    float[] gradient = new float[width];
    for (int c = 0; c < width; c++) {
      gradient[c] = (float) (weight * sums[c] / counted);
    }
    return gradient;
  }

  private static double[] softmax(float[] logits, int row, int width) {
    double[] values = new double[width];
    double sum = 0;
    for (int c = 0; c < width; c++) {
      values[c] = Math.exp(logits[row * width + c]);
      sum += values[c];
    }
    for (int c = 0; c < width; c++) {
      values[c] /= sum;
    }
    return values;
  }

  private static void assertRows(float[] got, float[] expected) {
    assertThat(got).containsExactly(expected, Offset.offset(2e-5f));
  }
}
