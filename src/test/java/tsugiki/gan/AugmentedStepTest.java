package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import tsugiki.augment.Augmentation;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Step;

/**
 * The steps of a GAN with every augmentation and regulariser at once: each term and each path is
 * there, and the gradients go through all of them.
 */
@Tag("slow")
class AugmentedStepTest {
  private static final GanNetworks NETWORKS = TinyGan.smallest(TinyGan.CLASSES.size());
  private static final double H = 2e-3;

  /** None of them as the defaults. */
  private static final AugmentationOptions WEIGHTS =
      AugmentationOptions.defaults()
          .withConsistencyWeight(3)
          .withLatentWeightD(7)
          .withLatentWeightG(0.9f)
          .withLecam(0.3f)
          .withLatentNoise(0.5f);

  private static Graph graph;
  private static Session session;
  private static GanGraph gan;
  private static Weight probability;

  @BeforeAll
  static void build() {
    Set<Augmentation> all = EnumSet.complementOf(EnumSet.of(Augmentation.CR));
    GanOptions options =
        TinyGan.options(SupervisionOptions.defaults()).withAugment(all).withAugmentation(WEIGHTS);
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    graph = new Graph();
    AveragedGenerator average = new AveragedGenerator(graph, options, NETWORKS, labels);
    gan = new GanGraph(graph, options, 1, NETWORKS, labels, NETWORKS, average);
    session = Sessions.open(graph);
    for (Weights network : gan.networks()) {
      WeightValues.initialise(session, network);
    }
    probability = gan.outputs().adapted().get("probability");
  }

  @AfterAll
  static void close() {
    session.close();
    graph.close();
  }

  @BeforeEach
  void augmentAlways() {
    WeightValues.set(session, probability, new float[] {1});
  }

  @Test
  void theLossesAreTheSumsOfTheirTerms() {
    Map<String, float[]> d = discriminator();
    double hinge =
        mean(d.get("real"), score -> Math.max(0, 1 - score))
            + mean(d.get("fake"), score -> Math.max(0, 1 + score));
    double consistency = one(d, "consistency_real") + one(d, "consistency_fake");
    squares(one(d, "consistency_real"), d.get("real"), d.get("real_copies"));
    squares(one(d, "consistency_fake"), d.get("fake"), d.get("fake_copies"));
    squares(one(d, "consistency_latent"), d.get("fake"), d.get("fake_neighbours"));
    assertThat(one(d, "loss_d"))
        .isCloseTo(
            hinge + 3 * consistency + 7 * one(d, "consistency_latent") + 0.3 * one(d, "lecam"),
            within(1e-4));
    assertThat(one(d, "lecam"))
        .as("the moving means are 0 before the first step")
        .isPositive()
        .isCloseTo(
            mean(d.get("real"), score -> Math.pow(Math.max(0, score), 2))
                + mean(d.get("fake"), score -> Math.pow(Math.max(0, -score), 2)),
            withinPercentage(0.1));
    Map<String, float[]> g = generator();
    assertThat(one(g, "distance_latent")).isPositive();
    assertThat(one(g, "loss_g"))
        .isCloseTo(
            -mean(g.get("fake"), score -> score) - 0.9f * one(g, "distance_latent"), within(1e-4));
  }

  /** A term is the mean squared difference of the scores of images and of their copies. */
  private static void squares(double term, float[] scores, float[] ofCopies) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += Math.pow(scores[i] - ofCopies[i], 2);
    }
    assertThat(term).isPositive().isCloseTo(sum / scores.length, withinPercentage(0.1));
  }

  @Test
  void bothSidesPassAdaInBothSteps() {
    Map<String, float[]> augmented = discriminator();
    Map<String, float[]> generated = generator();
    WeightValues.set(session, probability, new float[] {0});
    assertThat(discriminator().get("real")).isNotEqualTo(augmented.get("real"));
    assertThat(discriminator().get("fake")).isNotEqualTo(augmented.get("fake"));
    assertThat(generator().get("fake")).isNotEqualTo(generated.get("fake"));
  }

  /** What ADA's probability follows: a step is taken, and then taken back. */
  @Test
  void adaCountsTheSignsOfTheScoresOfRealImages() {
    Map<Weight, float[]> before = new LinkedHashMap<>();
    gan.state().forEach(weight -> before.put(weight, WeightValues.get(session, weight)));
    Map<String, float[]> scores = discriminator();
    double zero = between(scores.get("real"), scores.get("fake"));
    double real = mean(scores.get("real"), score -> Math.signum(score - zero));
    assertThat(mean(scores.get("fake"), score -> Math.signum(score - zero))).isNotEqualTo(real);

    Weight bias = gan.outputs().weights().get("head/linear/bias");
    WeightValues.set(session, bias, new float[] {(float) (before.get(bias)[0] - zero)});
    try (Step.Batch feeds = batch()) {
      gan.discriminatorStep().run(session, 3, feeds.tensors());
    }
    float[] signs = WeightValues.get(session, gan.outputs().adapted().get("signs"));
    WeightValues.set(session, before);
    assertThat(signs[0]).isCloseTo((float) real, within(1e-6f));
  }

  /** A number that has the most of the one kind above it and the most of the other kind below. */
  private static double between(float[] some, float[] others) {
    double[] sorted =
        DoubleStream.concat(
                IntStream.range(0, some.length).mapToDouble(i -> some[i]),
                IntStream.range(0, others.length).mapToDouble(i -> others[i]))
            .sorted()
            .toArray();
    return IntStream.range(1, sorted.length)
        .mapToObj(i -> (sorted[i - 1] + sorted[i]) / 2)
        .max(
            Comparator.comparingDouble(
                middle ->
                    Math.abs(
                        mean(some, score -> Math.signum(score - middle))
                            - mean(others, score -> Math.signum(score - middle)))))
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"head/linear/kernel", "block_0/conv_1/kernel", "block_1/conv_1/bias"})
  void theDiscriminatorsGradientGoesThroughEveryTerm(String name) {
    Weight weight = gan.outputs().weights().get(name);
    float[] gradient = discriminator().get("gradient/discriminator/" + name);
    check(weight, gradient, () -> one(discriminator(), "loss_d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear/kernel", "output/conv/bias"})
  void theGeneratorsGradientGoesThroughTheAugmentation(String name) {
    Weight weight =
        gan.state().stream()
            .filter(w -> w.name().equals("generator/" + name))
            .findFirst()
            .orElseThrow();
    float[] gradient = generator().get("gradient/generator/" + name);
    check(weight, gradient, () -> one(generator(), "loss_g"));
  }

  private interface Loss {
    double get();
  }

  /** The derivative along the gradient is the gradient's squared length. */
  private static void check(Weight weight, float[] gradient, Loss loss) {
    float[] values = WeightValues.get(session, weight);
    double length =
        Math.sqrt(
            IntStream.range(0, gradient.length).mapToDouble(i -> gradient[i] * gradient[i]).sum());
    assertThat(length).isGreaterThan(1e-3);
    double up = at(weight, values, gradient, H / length, loss);
    double down = at(weight, values, gradient, -H / length, loss);
    WeightValues.set(session, weight, values);
    assertThat((up - down) / (2 * H)).isCloseTo(length, within(0.02 * length));
  }

  private static double at(
      Weight weight, float[] values, float[] direction, double distance, Loss loss) {
    float[] moved = new float[values.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (values[i] + distance * direction[i]);
    }
    WeightValues.set(session, weight, moved);
    return loss.get();
  }

  private static Map<String, float[]> discriminator() {
    try (Step.Batch feeds = batch()) {
      return trace(gan.discriminatorStep(), feeds.tensors());
    }
  }

  private static Step.Batch batch() {
    int[] chosen = IntStream.range(0, 4).toArray();
    byte[] pixels = TinyGan.smallImages().select(chosen).pixels();
    return gan.reals().feeds(pixels, chosen, new long[4]);
  }

  private static Map<String, float[]> trace(
      Step step, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    return step.trace(session, 3, feeds);
  }

  /** Of the generator's step what needs no real images. */
  private static Map<String, float[]> generator() {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (String name :
        new String[] {
          "loss_g",
          "distance_latent",
          "fake",
          "gradient/generator/linear/kernel",
          "gradient/generator/output/conv/bias"
        }) {
      all.putAll(gan.generatorStep().trace(session, 3, Map.of(), name));
    }
    return all;
  }

  private static double one(Map<String, float[]> traced, String name) {
    return traced.get(name)[0];
  }

  private interface Score {
    double of(double score);
  }

  private static double mean(float[] scores, Score f) {
    double sum = 0;
    for (float score : scores) {
      sum += f.of(score);
    }
    return sum / scores.length;
  }
}
