package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.GivenLabels;
import tsugiki.data.ImageSet;
import tsugiki.data.LabelFile;
import tsugiki.data.ShareLabels;
import tsugiki.features.FeatureModel;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.GanInput;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.SupervisionOptions;
import tsugiki.gan.TrainingLabels;
import tsugiki.gan.Unlabelled;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.score.Agreement;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** What becomes of each way to name labels, without a GAN being trained. */
class GanLabelsTest {
  private static final int EACH = 10;

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path data;
  private static Path network;
  private static final ImageSet IMAGES = PaintedShapes.images(EACH, 32);

  @BeforeAll
  static void makeDataAndAnUntrainedNetwork() {
    data = PaintedShapes.in(shared.resolve("data"), EACH, 32);
    network = shared.resolve("network");
    List<String> reversed = IMAGES.classNames().stream().sorted((a, b) -> b.compareTo(a)).toList();
    UntrainedFeatureNetwork.write(network, IMAGES, reversed);
  }

  @Test
  void droppingKeepsTheLabelledImagesAlone() {
    GanInput input = resolved("20%", Unlabelled.DROP, false, null);
    assertThat(input.images().count()).isEqualTo(20);
    assertThat(input.labels().count()).isEqualTo(20);
    assertThat(input.labels().allKnown()).isTrue();
    for (int i = 0; i < 20; i++) {
      assertThat(input.images().names().get(i))
          .startsWith(input.labels().classNames().get(input.labels().label(i, 0)) + "/");
    }
  }

  @Test
  void coTrainingHidesTheLabelsOfTheRest() {
    GanInput input = resolved("20%", Unlabelled.CO_TRAINING, false, null);
    assertThat(input.images().count()).isEqualTo(100);
    assertThat(IntStream.range(0, 100).filter(input.labels()::known)).hasSize(20);
    int[] labels = labels(input);
    for (int i = 0; i < 100; i++) {
      assertThat(labels[i])
          .isEqualTo(input.labels().known(i) ? IMAGES.label(i) : TrainingLabels.UNKNOWN);
    }
  }

  @Test
  void predictedLabelsAreTheNetworksByNameAndGivenOnesStay() {
    GanInput hard = resolved("20%", Unlabelled.PREDICT, false, null);
    GanInput soft = resolved("20%", Unlabelled.PREDICT, true, null);
    GivenLabels given = new ShareLabels("20%", 0).given(IMAGES);
    float[] answers = answers();
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      float[] row = soft.labels().probabilities(i);
      if (given.known(i)) {
        assertThat(hard.labels().label(i, 0)).isEqualTo(IMAGES.label(i));
        assertThat(row[IMAGES.label(i)]).isEqualTo(1);
      } else {
        float[] expected = new float[10];
        for (int c = 0; c < 10; c++) {
          expected[c] = answers[i * 10 + 9 - c];
        }
        assertThat(row).containsExactly(expected);
        assertThat(row[hard.labels().label(i, 0)]).isEqualTo(max(expected));
        wrong += hard.labels().label(i, 0) == IMAGES.label(i) ? 0 : 1;
      }
    }
    assertThat(hard.labels().fakes().isUniform()).isTrue();
    assertThat(hard.labels().soft()).isFalse();
    assertThat(hard.aboutLabels().get("label_error")).isCloseTo(wrong / 80.0, within(1e-9));
  }

  @Test
  void clustersHaveTheirOwnLabelsAndTheirSharesAmongFakes() {
    GanInput input = resolved("cluster", Unlabelled.DROP, false, 4);
    assertThat(input.labels().classNames()).hasSize(4).contains("cluster-000");
    double[] shares = new double[4];
    Arrays.stream(labels(input)).forEach(c -> shares[c] += 0.01);
    for (int c = 0; c < 4; c++) {
      assertThat(input.labels().fakes().toArray()[c]).isCloseTo(shares[c], within(1e-6));
    }
    assertThat(input.labels().fakes().isUniform()).isFalse();
    Agreement agreement = Agreement.of(labels(input), IMAGES.labels());
    assertThat(input.aboutLabels())
        .containsEntry("label_purity", agreement.purity())
        .containsEntry("label_nmi", agreement.information());
  }

  @Test
  void singleAndRandomLabels() {
    GanInput single = resolved("single", Unlabelled.DROP, false, null);
    assertThat(single.labels().classNames()).hasSize(1);
    assertThat(labels(single)).containsOnly(0);

    GanInput random = resolved("random", Unlabelled.DROP, false, 7);
    assertThat(labels(random)).containsOnly(0, 1, 2, 3, 4, 5, 6);
    assertThat(labels(resolved("random", Unlabelled.DROP, false, 7))).isEqualTo(labels(random));
    assertThat(random.labels().label(3, 1)).isEqualTo(random.labels().label(3, 0));

    TrainingLabels anew = resolved("random-each-epoch", Unlabelled.DROP, false, 7).labels();
    int[] first = IntStream.range(0, 100).map(i -> anew.label(i, 0)).toArray();
    int[] second = IntStream.range(0, 100).map(i -> anew.label(i, 1)).toArray();
    assertThat(first).containsOnly(0, 1, 2, 3, 4, 5, 6);
    assertThat(second).isNotEqualTo(first);
    assertThat(IntStream.range(0, 100).filter(i -> first[i] == second[i]).count())
        .as("a seventh by chance")
        .isBetween(4L, 30L);
    TrainingLabels again = resolved("random-each-epoch", Unlabelled.DROP, false, 7).labels();
    assertThat(IntStream.range(0, 100).map(i -> again.label(i, 1)).toArray()).isEqualTo(second);
  }

  @Test
  void aResumedRunHasTheSameLabelsThoughTheNetworkIsGone() throws IOException {
    Path other = folder.resolve("network");
    UntrainedFeatureNetwork.write(other, IMAGES, IMAGES.classNames());
    for (LabelledGanOptions options :
        List.of(
            options("cluster", Unlabelled.DROP, false, 4, other),
            options("20%", Unlabelled.PREDICT, false, null, other),
            options("20%", Unlabelled.PREDICT, true, null, other))) {
      GanLabels labels = GanLabels.open(options);
      GanInput before = labels.resolve();
      Path run = Files.createTempDirectory(folder, "run").resolve("run");
      labels.write(RunDirectory.create(run, options));

      FileUtils.moveDirectory(other.toFile(), folder.resolve("away").toFile());
      GanInput after = GanLabels.open(options, run).resolve();
      assertThat(after.labels()).usingRecursiveComparison().isEqualTo(before.labels());
      assertThat(after.aboutLabels()).isEqualTo(before.aboutLabels());
      FileUtils.moveDirectory(folder.resolve("away").toFile(), other.toFile());
    }
  }

  @Test
  void theErrorIsOverImagesWhoseLabelTheNetworkHasNotLearned() throws IOException {
    GivenLabels given = new ShareLabels("20%", 0).given(IMAGES);
    Path run = Files.createDirectory(folder.resolve("run"));
    UntrainedFeatureNetwork.write(run.resolve("model"), IMAGES, IMAGES.classNames());
    LabelledGanOptions options =
        options("20%", Unlabelled.PREDICT, false, null, run.resolve("model"));
    int[] guesses = labels(GanLabels.open(options).resolve());
    int[] right =
        Arrays.stream(given.hidden()).filter(i -> guesses[i] == IMAGES.label(i)).toArray();
    assertThat(right).isNotEmpty();
    assertThat(labelError(options)).isEqualTo((80 - right.length) / 80.0);

    int[] learned = new int[100];
    Arrays.fill(learned, GivenLabels.NONE);
    Arrays.stream(right).forEach(i -> learned[i] = IMAGES.label(i));
    LabelFile.write(run.resolve("labels.csv"), IMAGES, learned, IMAGES.classNames());

    assertThat(labelError(options)).as("what was not learned is wrong").isEqualTo(1);
  }

  private static double labelError(LabelledGanOptions options) {
    return GanLabels.open(options).resolve().aboutLabels().get("label_error");
  }

  @Test
  void aRunWhoseImagesHaveChangedIsNotGoneOnWith() throws IOException {
    LabelledGanOptions options = options("cluster", Unlabelled.DROP, false, 4, network);
    int[] three = new int[100];
    Arrays.fill(three, 3);
    three[42] = GivenLabels.NONE;
    LabelFile.write(
        folder.resolve("labels.csv"),
        IMAGES,
        three,
        List.of("cluster-000", "cluster-001", "cluster-002", "cluster-003"));
    GanLabels labels = GanLabels.open(options, folder);
    assertThatThrownBy(labels::resolve)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(
            "has no label of this run for '" + IMAGES.names().get(42) + "'; the data has changed");
  }

  @Test
  void aNetworkOfOtherClassesCannotPredict() {
    Path other = folder.resolve("other");
    UntrainedFeatureNetwork.write(other, IMAGES, List.of("cat", "dog"));
    assertThatThrownBy(() -> GanLabels.open(options("20%", Unlabelled.PREDICT, false, null, other)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("predicts 2 classes, which are not the 10 of the data");
  }

  @Test
  void moreClustersThanImagesAreRefused() {
    assertThatThrownBy(
            () -> GanLabels.open(options("cluster", Unlabelled.DROP, false, 101, network)))
        .isInstanceOf(BadInputException.class)
        .hasMessage("labelCount is 101 and there are 100 images; give at most that many");
  }

  private static float max(float[] row) {
    float most = row[0];
    for (float value : row) {
      most = Math.max(most, value);
    }
    return most;
  }

  private static float[] answers() {
    try (FeatureModel model = FeatureModel.open(network, Sessions.Settings.cpu())) {
      return model.of(IMAGES).probabilities();
    }
  }

  private static int[] labels(GanInput input) {
    return IntStream.range(0, input.images().count())
        .map(i -> input.labels().label(i, 0))
        .toArray();
  }

  private static GanInput resolved(
      String labels, Unlabelled unlabelled, boolean soft, Integer count) {
    boolean needed = unlabelled == Unlabelled.PREDICT || labels.equals("cluster");
    return GanLabels.open(options(labels, unlabelled, soft, count, needed ? network : null))
        .resolve();
  }

  private static LabelledGanOptions options(
      String labels, Unlabelled unlabelled, boolean soft, Integer count, Path features) {
    SupervisionOptions supervision =
        SupervisionOptions.defaults().withUnlabelled(unlabelled).withSoftLabels(soft);
    GanRunOptions gan =
        GanRunOptions.defaults(data, Execution.here(Device.CPU))
            .withNetwork(new BigGanOptions(32, 8, List.of(2, 2, 1, 1), 0, 128, false))
            .withTraining(
                GanOptions.defaults()
                    .withBatch(4)
                    .withSteps(1)
                    .withSupervision(supervision)
                    .withSeed(2));
    return new LabelledGanOptions(
        gan,
        new LabelOptions(
            labels, 0, count == null ? 0 : count, features == null ? "" : features.toString()));
  }
}
