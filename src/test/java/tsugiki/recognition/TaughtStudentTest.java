package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.HalfFloat;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.graph.Weight;
import tsugiki.recognition.TeacherNetwork.Target;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.score.MeanColour;

/**
 * What a student is measured by and what it minimises, by hand. The teacher's maps are the images
 * themselves, halved; seven images are dark and learned from, and the bright last one is held out.
 */
class TaughtStudentTest {
  private static final int SIDE = 16;
  private static final int BATCH = 16;
  private static final int HELD_OUT = 7;
  private static final float LABEL_WEIGHT = 0.5f;

  @TempDir private static Path folder;
  private static Distillation distillation;

  @BeforeAll
  static void open() {
    SplittableRandom random = new SplittableRandom(2);
    List<RgbImage> images = new ArrayList<>();
    for (int image = 0; image <= HELD_OUT; image++) {
      byte[] rgb = new byte[SIDE * SIDE * 3];
      int level = image == HELD_OUT ? 195 : 0;
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) (level + random.nextInt(60));
      }
      images.add(new RgbImage("image-" + image, SIDE, SIDE, rgb));
    }
    distillation =
        new Distillation(
            TeacherOptions.defaults().withTeacherSide(SIDE),
            MeanColour.MEANS,
            ImageSet.of(images, "all"),
            Optional.empty(),
            3,
            1,
            folder,
            Sessions.Settings.cpu());
  }

  @AfterAll
  static void close() {
    distillation.close();
  }

  private static FeatureGraph graph() {
    FeatureTrainingOptions options = FeatureTrainingOptions.defaults().withSize(SIDE);
    FeatureGraph graph =
        new FeatureGraph(
            options.withBatch(BATCH).withChannels(4).withLabelWeight(LABEL_WEIGHT),
            3,
            distillation.targets(),
            Sessions.Settings.cpu());
    graph.taught().standardise(graph.session(), distillation);
    return graph;
  }

  @Test
  void whatIsMeasuredByIsNotLearnedFrom() {
    assertThat(distillation.first(0, Distillation.FIRST).images()).doesNotContain(HELD_OUT);
    assertThat(distillation.heldOut(0, distillation.heldOut()).images()).containsOnly(HELD_OUT);
  }

  /** Of a student that predicts the mean of the first views, whatever it sees. */
  @Test
  void theShareThatIsExplainedIsThatOfTheHeldOutViews() {
    try (FeatureGraph graph = graph()) {
      for (int stage = 0; stage < 3; stage++) {
        Weight kernel = weight(graph, stage, "kernel");
        WeightValues.set(graph.session(), kernel, new float[(int) kernel.count()]);
      }
      Map<String, Double> explained = graph.taught().explained(graph.session(), distillation);
      double[] ofFirst = unexplained(graph, distillation.first(0, Distillation.FIRST));
      double[] ofHeldOut = unexplained(graph, distillation.heldOut(0, distillation.heldOut()));
      for (int stage = 0; stage < 3; stage++) {
        assertThat(ofFirst[stage]).as("standardised").isCloseTo(1, within(1e-3));
        assertThat(ofHeldOut[stage]).isGreaterThan(2);
        assertThat(explained.get("explained_map_" + stage))
            .isCloseTo(1 - ofHeldOut[stage], within(1e-3 * ofHeldOut[stage]));
      }
    }
  }

  /** The mean over the maps of ((value − mean) / deviation)² of every stage. */
  private static double[] unexplained(FeatureGraph graph, Distillation.Batch batch) {
    List<Target> targets = distillation.targets();
    double[] sums = new double[targets.size()];
    float[][] means = new float[sums.length][];
    float[][] deviations = new float[sums.length][];
    for (int stage = 0; stage < sums.length; stage++) {
      means[stage] = WeightValues.get(graph.session(), weight(graph, stage, "teacher_mean"));
      deviations[stage] =
          WeightValues.get(graph.session(), weight(graph, stage, "teacher_deviation"));
    }
    for (ByteBuffer row : batch.maps()) {
      ByteBuffer numbers = row.slice().order(ByteOrder.nativeOrder());
      for (int stage = 0; stage < sums.length; stage++) {
        int length = targets.get(stage).length();
        for (int i = 0; i < length; i++) {
          int channel = i % targets.get(stage).channels();
          double standardised =
              (HalfFloat.toFloat(numbers.getShort()) - means[stage][channel])
                  / deviations[stage][channel];
          sums[stage] += standardised * standardised / length / batch.maps().length;
        }
      }
    }
    return sums;
  }

  private static Weight weight(FeatureGraph graph, int stage, String name) {
    return graph.weights().get("teacher_" + stage + "/" + name);
  }

  @Test
  void aStudentsLossIsTheMeanOfItsMapsItsFeaturesAndATenthOfWhatItLearnsWithoutATeacher() {
    try (FeatureGraph graph = graph()) {
      Distillation.Batch batch = distillation.batch(0, BATCH);
      long[] labels = new SplittableRandom(3).longs(BATCH, 0, 3).toArray();
      Map<String, Double> measured = graph.step(0, batch.pixels(), labels, batch.maps());
      double maps = 0;
      for (int stage = 0; stage < 3; stage++) {
        maps += measured.get("unexplained_map_" + stage) / 3;
      }
      double classes = measured.get("loss_classes");
      double turns = measured.get("loss_turns");
      assertThat(List.of(maps, classes, turns)).allMatch(term -> term > 0.1);
      double expected =
          maps + measured.get("unexplained_features") + 0.1 * LABEL_WEIGHT * classes + 0.1 * turns;
      assertThat(measured.get("loss")).isCloseTo(expected, within(1e-4 * expected));
    }
  }
}
