package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.graph.Replicated;
import tsugiki.graph.Weight;
import tsugiki.recognition.TeacherNetwork.Target;
import tsugiki.runtime.Optimised;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class FeatureGraphTest {
  private static final int SIDE = 16;
  private static final int BATCH = 32;
  private static final int STEPS = 50;
  private static final FeatureTrainingOptions OPTIONS =
      FeatureTrainingOptions.defaults()
          .withSize(SIDE)
          .withChannels(8)
          .withBatch(BATCH)
          .withSteps(STEPS)
          .withRate(5e-3f)
          .withLabelWeight(1)
          .withSeed(1);

  @Test
  void learnsColoursAndWhichSideIsUp() {
    try (FeatureGraph graph = graph(OPTIONS)) {
      SplittableRandom random = new SplittableRandom(7);
      double first = 0;
      double last = 0;
      for (int step = 0; step < STEPS; step++) {
        long[] labels = random.longs(BATCH, 0, 3).toArray();
        Map<String, Double> measured = graph.step(step, images(random, labels), labels);
        first += step < 5 ? measured.get("loss") / 5 : 0;
        last += step >= STEPS - 5 ? measured.get("loss") / 5 : 0;
      }
      long[] labels = random.longs(130, 0, 3).toArray();
      Map<String, Double> errors = graph.errors(set(random, labels), labels);

      assertThat(last).isLessThan(0.6 * first);
      assertThat(errors.get("label_error")).isLessThan(0.1);
      assertThat(errors.get("turn_error")).isLessThan(0.2);
      assertThat(graph.errors(set(random, labels), shifted(labels)).get("label_error"))
          .isGreaterThan(0.9);
    }
  }

  @Optimised
  @Test
  void theSameSeedTakesTheSameSteps() {
    assertThat(afterTwoSteps()).isEqualTo(afterTwoSteps());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void replicasTakeTheStepsOfOne(int replicas) {
    Map<String, float[]> one = new LinkedHashMap<>();
    Map<String, float[]> several = new LinkedHashMap<>();
    List<Map<String, Double>> expected = losses(1, one);
    List<Map<String, Double>> found = losses(replicas, several);
    Replicated.assertClose(several, one, name -> name.startsWith("adam/m/"), 0.1, 1e-5);
    Replicated.assertMeasured(found, expected);
  }

  /** Of ten steps in which half of the labels are unknown; gives the first moments after one. */
  private static List<Map<String, Double>> losses(int replicas, Map<String, float[]> first) {
    List<Map<String, Double>> losses = new ArrayList<>();
    Sessions.Settings settings = new Sessions.Settings(2, 2, false, replicas);
    try (FeatureGraph graph = new FeatureGraph(OPTIONS.withBatch(8), 3, List.of(), settings)) {
      SplittableRandom random = new SplittableRandom(7);
      for (int step = 0; step < 10; step++) {
        long[] labels = random.longs(8, 0, 3).toArray();
        byte[] images = images(random, labels);
        Arrays.fill(labels, 0, 3, -1);
        losses.add(graph.step(step, images, labels));
        if (step == 0) {
          first.putAll(WeightValues.get(graph.session(), graph.state()));
        }
      }
    }
    return losses;
  }

  private static float[] afterTwoSteps() {
    try (FeatureGraph graph = graph(OPTIONS)) {
      SplittableRandom random = new SplittableRandom(7);
      long[] labels = random.longs(BATCH, 0, 3).toArray();
      byte[] images = images(random, labels);
      graph.step(0, images, labels);
      graph.step(1, images, labels);
      Weight kernel = graph.weights().get("block_0/conv_1/kernel");
      return WeightValues.get(graph.session(), kernel);
    }
  }

  @Test
  void statisticsMoveAndTheOptimiserHasMomentsOfAllThatTrains() {
    try (FeatureGraph graph = graph(OPTIONS)) {
      long trained = graph.weights().trained().size();
      assertThat(graph.state()).hasSize((int) (graph.weights().all().size() + 2 * trained));
      Weight mean = graph.weights().get("norm/mean");
      assertThat(mean.trained()).isFalse();

      graph.step(0, images(new SplittableRandom(1), new long[BATCH]), new long[BATCH]);

      assertThat(WeightValues.get(graph.session(), mean)).doesNotContain(0f);
    }
  }

  /** With heads that give the same logits for every image, each loss follows by hand. */
  @Test
  void theLossIsThatOfRotationsAndGammaTimesThatOfTheLabelsThereAre() {
    FeatureTrainingOptions options = OPTIONS.withBatch(4).withSteps(2).withLabelWeight(0.25f);
    float[] ofTurns = {0.5f, -1, 0.25f, 0};
    float[] ofClasses = {1, 0, -2};
    try (FeatureGraph graph = graph(options)) {
      constant(graph, "turns", ofTurns);
      constant(graph, "classes", ofClasses);
      byte[] images = images(new SplittableRandom(1), new long[4]);
      Map<String, Double> measured = graph.step(0, images, new long[] {2, -1, -1, 0});

      double turns = 0;
      for (int quarter = 0; quarter < 4; quarter++) {
        turns -= Math.log(softmax(ofTurns, quarter)) / 4;
      }
      double classes = -(Math.log(softmax(ofClasses, 2)) + Math.log(softmax(ofClasses, 0))) / 2;
      assertThat(measured.get("loss_turns")).isCloseTo(turns, within(1e-5));
      assertThat(measured.get("loss_classes")).isCloseTo(classes, within(1e-5));
      assertThat(measured.get("loss")).isCloseTo(turns + 0.25 * classes, within(1e-5));
      assertThat(measured.get("accuracy_classes")).isCloseTo(0.5, within(1e-6));
      assertThat(measured.get("accuracy_turns")).isCloseTo(0.25, within(1e-6));
    }
  }

  @Test
  void aBatchWithoutAnyLabelTeachesRotationsAlone() {
    FeatureTrainingOptions options = OPTIONS.withBatch(4).withSteps(2).withLabelWeight(0.25f);
    try (FeatureGraph graph = graph(options)) {
      Weight classes = graph.weights().get("classes/kernel");
      Weight turns = graph.weights().get("turns/kernel");
      float[] classesBefore = WeightValues.get(graph.session(), classes);
      float[] turnsBefore = WeightValues.get(graph.session(), turns);
      byte[] images = images(new SplittableRandom(1), new long[4]);
      Map<String, Double> measured = graph.step(0, images, new long[] {-1, -1, -1, -1});

      assertThat(measured.get("loss_classes")).isZero();
      assertThat(measured.get("loss")).isEqualTo(measured.get("loss_turns"));
      assertThat(WeightValues.get(graph.session(), classes)).isEqualTo(classesBefore);
      assertThat(WeightValues.get(graph.session(), turns)).isNotEqualTo(turnsBefore);
    }
  }

  /** The teacher's maps are of the images as they are. */
  @Test
  void imagesAreShiftedWhereThereIsNoTeacher() {
    List<Target> targets = List.of(new Target(4, 2), new Target(2, 2), new Target(1, 2));
    try (FeatureGraph alone = graph(OPTIONS);
        FeatureGraph taught = new FeatureGraph(OPTIONS, 3, targets, Sessions.Settings.cpu())) {
      assertThat(scopes(alone)).contains("Augment", "Turning");
      assertThat(scopes(taught)).contains("Turning").doesNotContain("Augment");
    }
  }

  private static Set<String> scopes(FeatureGraph graph) {
    return graph.structure().getNodeList().stream()
        .map(node -> node.getName().replaceFirst("/.*", ""))
        .collect(Collectors.toSet());
  }

  private static void constant(FeatureGraph graph, String head, float[] logits) {
    Weight kernel = graph.weights().get(head + "/kernel");
    WeightValues.set(graph.session(), kernel, new float[(int) kernel.count()]);
    WeightValues.set(graph.session(), graph.weights().get(head + "/bias"), logits);
  }

  private static double softmax(float[] logits, int index) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.exp(logits[index]) / sum;
  }

  private static FeatureGraph graph(FeatureTrainingOptions options) {
    return new FeatureGraph(options, 3, List.of(), Sessions.Settings.cpu());
  }

  /** Noise with a tint of the class, bright above and dark below. */
  private static byte[] images(SplittableRandom random, long[] labels) {
    byte[] pixels = new byte[labels.length * SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i % 3;
      int row = i / (3 * SIDE) % SIDE;
      int image = i / (3 * SIDE * SIDE);
      int level = row < SIDE / 2 ? 150 : 60;
      int colour = channel == labels[image] ? 50 : 0;
      pixels[i] = (byte) (level + colour + random.nextInt(40));
    }
    return pixels;
  }

  private static ImageSet set(SplittableRandom random, long[] labels) {
    return ImageSet.of(RgbImage.split("image", SIDE, SIDE, images(random, labels)), "all");
  }

  private static long[] shifted(long[] labels) {
    return Arrays.stream(labels).map(label -> (label + 1) % 3).toArray();
  }
}
