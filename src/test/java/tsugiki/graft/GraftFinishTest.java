package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.NodeDef;
import tsugiki.graph.Ancestors;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.LatentDraws;

/**
 * The finish of a tiny graft, step by step; graphs are built once and put back before each test.
 */
@Tag("slow")
class GraftFinishTest {
  /** The graft's own steps. */
  private static final long FROM = 2;

  private static final int[] BATCH = {0, 1, 2};
  private static final double H = 2e-3;
  private static final Map<FinishKind, GraftTraining> GRAFTS = new EnumMap<>(FinishKind.class);
  private static final Map<FinishKind, Map<String, float[]>> STARTS =
      new EnumMap<>(FinishKind.class);
  private static Rootstock rootstock;

  @BeforeAll
  static void build() {
    rootstock = TinyRootstock.make();
    for (FinishKind kind : List.of(FinishKind.GRAFT, FinishKind.ALL)) {
      GraftTraining graft = training(TinyRootstock.finished(kind, FROM));
      GRAFTS.put(kind, graft);
      STARTS.put(kind, WeightValues.get(graft.session(), graft.state()));
    }
  }

  private static GraftTraining training(GraftOptions options) {
    return new GraftTraining(
        options,
        rootstock,
        TinyRootstock.images(3),
        new TinyNetwork(),
        Optional.of(new TinyNetwork()));
  }

  @AfterAll
  static void close() {
    GRAFTS.values().forEach(GraftTraining::close);
    GRAFTS.clear();
  }

  /** A graft before its first step. */
  private static GraftTraining untrained(FinishKind kind) {
    GraftTraining graft = GRAFTS.get(kind);
    Map<Weight, float[]> start = new HashMap<>();
    graft.state().forEach(weight -> start.put(weight, STARTS.get(kind).get(weight.name())));
    WeightValues.set(graft.session(), start);
    graft.enter(0);
    return graft;
  }

  private static Map<String, float[]> values(GraftTraining graft) {
    List<Weight> all = new ArrayList<>(graft.generator().weights().all());
    all.addAll(graft.state());
    return WeightValues.get(graft.session(), all.stream().distinct().toList());
  }

  @Test
  void theGraftsOwnStepsAreThoseOfAGraftWithoutAFinish() {
    GraftTraining finished = untrained(FinishKind.GRAFT);
    try (GraftTraining plain =
        new GraftTraining(
            TinyRootstock.finished(FinishKind.NONE, FROM),
            rootstock,
            TinyRootstock.images(3),
            new TinyNetwork())) {
      for (long step = 0; step < FROM; step++) {
        assertThat(finished.step(step)).isEqualTo(plain.step(step));
      }
      Map<String, float[]> with = values(finished);
      values(plain).forEach((name, value) -> assertThat(with.get(name)).as(name).isEqualTo(value));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GRAFT", "ALL"})
  void onlyTheFinishMovesTheGeneratorsOwnWeightsAndOnlyWhereItMay(FinishKind kind) {
    GraftTraining graft = untrained(kind);
    Map<String, float[]> start = values(graft);
    for (long step = 0; step < FROM; step++) {
      graft.step(step);
    }
    Map<String, float[]> before = values(graft);
    graft.step(FROM);
    graft.step(FROM + 1);
    Map<String, float[]> after = values(graft);
    for (Weight weight : graft.generator().weights().all()) {
      String name = weight.name();
      boolean own = name.startsWith("generator/");
      assertThat(Arrays.equals(start.get(name), before.get(name))).as(name).isEqualTo(own);
      assertThat(Arrays.equals(before.get(name), after.get(name)))
          .as(name)
          .isEqualTo(own && kind == FinishKind.GRAFT);
    }
    assertThat(after.get("graft/latents")).isNotEqualTo(before.get("graft/latents"));
    List<String> heads = after.keySet().stream().filter(n -> n.startsWith("finish/head_")).toList();
    // A hinge loss may be linear, and then the last bias has no gradient.
    assertThat(heads.stream().filter(name -> name.endsWith("/kernel")))
        .hasSizeGreaterThan(4)
        .allSatisfy(name -> assertThat(after.get(name)).isNotEqualTo(before.get(name)));
    assertThat(after.get("finish/mixing/channels_0/kernel"))
        .isEqualTo(before.get("finish/mixing/channels_0/kernel"));
  }

  @Test
  void theLossesAreTheSumsOfTheirTerms() {
    Map<String, float[]> traced = trace(untrained(FinishKind.GRAFT));
    LossOptions weights = TinyRootstock.finished(FinishKind.GRAFT, FROM).loss();
    double anchor =
        one(traced, "l1")
            + weights.perceptualWeight() * one(traced, "perceptual")
            + weights.priorWeight() * one(traced, "prior")
            + weights.embeddingWeight() * one(traced, "embedding");
    double adversarial = -mean(traced.get("fake"), score -> score);
    assertThat(Math.abs(adversarial)).isGreaterThan(1e-3);
    assertThat(one(traced, "loss_g"))
        .isCloseTo(adversarial + TinyRootstock.ANCHOR * anchor, within(1e-3));
    assertThat(one(traced, "loss_d"))
        .isCloseTo(
            mean(traced.get("real"), score -> Math.max(0, 1 - score))
                + mean(traced.get("fake"), score -> Math.max(0, 1 + score)),
            within(1e-5));
  }

  /** Through the frozen network, DiffAugment and the generator, and the anchor beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"generator/block_1/conv_1/kernel", "graft/site_2/bias", "graft/latents"})
  void theGeneratorsGradientIsThatOfItsWholeLoss(String name) {
    check(name, "loss_g");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "finish/head_0/conv/kernel",
        "finish/head_1/halving_0/bias",
        "finish/patches/fine/kernel"
      })
  void theDiscriminatorsGradientIsThatOfItsLoss(String name) {
    check(name, "loss_d");
  }

  /** The derivative along the gradient is the gradient's length. */
  private static void check(String name, String loss) {
    GraftTraining graft = untrained(FinishKind.ALL);
    // Of fresh layers W does not depend on z; random values make every path count.
    graft.step(0);
    graft.step(1);
    Weight weight =
        graft.state().stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
    float[] values = WeightValues.get(graft.session(), weight);
    float[] gradient = trace(graft).get("gradient/" + name);
    double length =
        Math.sqrt(
            IntStream.range(0, gradient.length).mapToDouble(i -> gradient[i] * gradient[i]).sum());
    assertThat(length).isGreaterThan(1e-3);
    double[] ends = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = values.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) ((side == 0 ? H : -H) / length * gradient[i]);
      }
      WeightValues.set(graft.session(), weight, moved);
      ends[side] = one(trace(graft), loss);
    }
    assertThat((ends[0] - ends[1]) / (2 * H)).isCloseTo(length, within(0.03 * length));
  }

  @Test
  void realAndGeneratedImagesMeetAllOfDiffAugment() {
    Ancestors ancestors = new Ancestors(GRAFTS.get(FinishKind.GRAFT).structure());
    List<String> updates =
        ancestors.nodes().stream()
            .filter(node -> node.getOp().equals("ApplyAdam"))
            .map(NodeDef::getName)
            .filter(name -> name.startsWith("Finish/"))
            .toList();
    assertThat(updates).isNotEmpty();
    Set<String> run = new HashSet<>(ancestors.of(updates));
    for (String side : List.of("OfReal", "OfFake")) {
      for (String part : List.of("Color", "Translation", "Cutout")) {
        String scope = "Finish/" + side + "/Augment/" + part + "/";
        assertThat(run).as(scope).anyMatch(name -> name.startsWith(scope));
      }
    }
    GraftTraining graft = untrained(FinishKind.GRAFT);
    // The same images at the same weights: only the augmentation differs.
    assertThat(graft.trace(FROM, BATCH).get("real"))
        .isNotEqualTo(graft.trace(FROM + 1, BATCH).get("real"));
  }

  @Test
  void latentVectorsAreThoseOfTruncatedSamples() {
    GraftTraining graft = untrained(FinishKind.GRAFT);
    List<Float> z = new ArrayList<>();
    for (long step = FROM; step < FROM + 20; step++) {
      for (float entry : graft.trace(step, BATCH).get("z")) {
        z.add(entry);
      }
    }
    double truncation = TinyRootstock.finished(FinishKind.GRAFT, FROM).watch().truncation();
    assertThat(z).allMatch(entry -> Math.abs(entry) <= truncation + 1e-6);
    float[] drawn = LatentDraws.normal(z.size(), truncation, 5);
    double deviation = Math.sqrt(z.stream().mapToDouble(entry -> entry * entry).sum() / z.size());
    double wanted = Math.sqrt(mean(drawn, entry -> entry * entry));
    assertThat(deviation).isCloseTo(wanted, within(0.04 * wanted));
  }

  /** Adam's first update with fresh moments, of both networks at once. */
  @Test
  void bothNetworksTakeOneStepByTheGradientsAtTheSameWeights() {
    GraftTraining graft = untrained(FinishKind.ALL);
    FinishOptions finish = TinyRootstock.finished(FinishKind.ALL, FROM).finish();
    Map<String, float[]> before = values(graft);
    Map<String, float[]> traced = trace(graft);
    graft.step(FROM, BATCH);
    Map<String, float[]> after = values(graft);
    int checked = 0;
    for (Map.Entry<String, float[]> entry : traced.entrySet()) {
      if (!entry.getKey().startsWith("gradient/")) {
        continue;
      }
      String name = entry.getKey().substring("gradient/".length());
      double rate = rate(name, finish);
      // The epsilon over √(1 − β₂).
      double epsilon = 1e-6 / Math.sqrt(1e-3);
      float[] gradient = entry.getValue();
      for (int i = 0; i < gradient.length; i++) {
        double step = rate * gradient[i] / (Math.abs(gradient[i]) + epsilon);
        if (Math.abs(gradient[i]) > 1e-5) {
          assertThat((double) after.get(name)[i])
              .as(name)
              .isCloseTo(before.get(name)[i] - step, within(0.02 * rate + 1e-6));
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(1_000);
  }

  @Test
  void theGeneratorWaitsForTheDiscriminator() {
    FinishOptions finish = FinishOptions.defaults().withFinishSteps(100).withFinishFlat(0);
    assertThat(finish.falling(1).at(0)).isPositive();
    assertThat(finish.waiting(1, false).at(9)).isZero();
    assertThat(finish.waiting(1, false).at(10)).isPositive();
    assertThat(finish.waiting(1, false).at(14)).isGreaterThan(0.9f);
    assertThat(finish.waiting(1, false).at(99)).isLessThan(0.01f);
  }

  private static double rate(String name, FinishOptions finish) {
    if (name.equals("graft/class_vector")) {
      return LearningOptions.defaults().embeddingRate();
    }
    return switch (name.substring(0, name.indexOf('/'))) {
      case "finish" -> finish.finishDiscriminatorRate();
      case "generator" -> finish.finishGeneratorRate();
      default -> name.equals("graft/latents") ? finish.finishLatentRate() : finish.finishRate();
    };
  }

  /** Weighted, it ends nearer to the images' spectrum; its means begin with nothing to say. */
  @Test
  void theSpectrumDrawsTheGeneratorToThatOfTheImages() {
    List<Double> last = new ArrayList<>();
    for (float weight : new float[] {1e-6f, 30}) {
      GraftOptions options = TinyRootstock.finished(FinishKind.ALL, FROM);
      FinishOptions finish = options.finish().withFinishSteps(30).withFinishSpectrum(weight);
      try (GraftTraining graft = training(options.withFinish(finish))) {
        assertThat(graft.step(FROM).get("spectrum")).isZero();
        for (int number = 1; number < 29; number++) {
          graft.step(FROM + number);
        }
        last.add(graft.step(FROM + 29).get("spectrum"));
      }
    }
    assertThat(last.get(1)).isPositive().isLessThan(0.9 * last.get(0));
  }

  @Test
  void theAverageFollowsTheWeights() {
    GraftTraining graft = untrained(FinishKind.GRAFT);
    FinishOptions finish = TinyRootstock.finished(FinishKind.GRAFT, FROM).finish();
    String name = "graft/site_1/bias";
    double[] average = null;
    for (int number = 0; number < 3; number++) {
      graft.step(FROM + number);
      float[] now = values(graft).get(name);
      double kept = finish.decay(number);
      assertThat(kept).isEqualTo(number == 0 ? 0 : (1 + number) / (10.0 + number), within(1e-6));
      double[] last = average == null ? new double[now.length] : average;
      average =
          IntStream.range(0, now.length)
              .mapToDouble(i -> kept * last[i] + (1 - kept) * now[i])
              .toArray();
    }
    float[] found = values(graft).get("average/" + name);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(average[i], within(1e-6));
    }
  }

  @Test
  void theAverageIsShownDuringTheFinishAndTheBestMomentAfterIt() {
    GraftTraining graft = untrained(FinishKind.ALL);
    float[] z = LatentDraws.normal(TinyRootstock.ARCHITECTURE.latent(), 2, 1, 2);
    double[] costs = {3, 1, 2, 1};
    List<float[]> averages = new ArrayList<>();
    graft.step(0);
    graft.step(1);
    assertThat(graft.shown(() -> graft.drawFloats(z))).isEqualTo(graft.drawFloats(z));
    for (int number = 0; number < costs.length; number++) {
      double cost = costs[number];
      long done = FROM + number + 1;
      graft.step(done - 1);
      Map<String, float[]> trained = values(graft);
      // At the last step this is the best moment before it.
      averages.add(graft.shown(() -> graft.drawFloats(z)));
      // The first average is the generator itself.
      assertThat(Arrays.equals(averages.get(number), graft.drawFloats(z))).isEqualTo(number == 0);
      graft.judged(done, () -> new FinishJudge.Verdict(Map.of("cost", cost), cost));
      Map<String, float[]> left = values(graft);
      graft.generator().weights().all().stream()
          .map(Weight::name)
          .forEach(name -> assertThat(left.get(name)).as(name).isEqualTo(trained.get(name)));
    }
    assertThat(graft.bestStep()).isEqualTo(2);
    assertThat(graft.shown(() -> graft.drawFloats(z)))
        .containsExactly(averages.get(1), Offset.offset(1e-6f))
        .isNotEqualTo(averages.get(2));
  }

  @Test
  void withoutAnAnchorNoImageIsReconstructedBeforeTheLastSteps() {
    GraftOptions options = TinyRootstock.finished(FinishKind.ALL, FROM);
    try (GraftTraining graft =
        training(
            options
                .withLoss(options.loss().withPerceptualWeight(0.7f))
                .withFinish(options.finish().withFinishAnchor(0)))) {
      Map<String, float[]> start = values(graft);
      assertThat(graft.step(FROM))
          .containsKeys("loss_g", "loss_d")
          .doesNotContainKeys("anchor", "l1");
      Map<String, float[]> finished = values(graft);
      assertThat(finished.get("graft/latents")).isEqualTo(start.get("graft/latents"));
      assertThat(finished).doesNotContainKey("best/graft/latents");
      for (String name : List.of("graft/class_vector", "generator/block_1/conv_1/kernel")) {
        assertThat(finished.get(name)).as(name).isNotEqualTo(start.get(name));
      }
      Map<String, Double> last = graft.step(FROM + options.finish().finishSteps());
      assertThat(last.get("closeness"))
          .isCloseTo(
              last.get("l1") + 0.7 * last.get("perceptual") + 0.01 * last.get("size"),
              within(1e-5));
      assertThat(values(graft).get("graft/latents")).isNotEqualTo(start.get("graft/latents"));
    }
  }

  @Test
  void theLastStepsMoveTheLatentVectorsAloneThroughTheBestMoment() {
    GraftTraining graft = untrained(FinishKind.ALL);
    double[] costs = {3, 1, 2, 4};
    long done = FROM;
    for (double cost : costs) {
      graft.step(done++);
      graft.judged(done, () -> new FinishJudge.Verdict(Map.of(), cost));
    }
    Map<String, float[]> finished = values(graft);
    Map<String, Double> measured = graft.step(done);
    assertThat(measured).containsKeys("closeness", "l1").doesNotContainKey("loss_g");
    Map<String, float[]> first = values(graft);
    for (Weight weight : graft.generator().weights().all()) {
      String best = "best/" + weight.name();
      assertThat(first.get(weight.name()))
          .as(weight.name())
          .isEqualTo(finished.get(finished.containsKey(best) ? best : weight.name()));
    }
    assertThat(first.get("graft/latents")).isNotEqualTo(finished.get("best/graft/latents"));
    graft.step(done + 1);
    Map<String, float[]> second = values(graft);
    assertThat(first.keySet().stream().filter(n -> !Arrays.equals(first.get(n), second.get(n))))
        .contains("graft/latents")
        .allMatch(name -> name.equals("graft/latents") || name.startsWith("projection_adam/"));
    float[] z = LatentDraws.normal(TinyRootstock.ARCHITECTURE.latent(), 2, 1, 2);
    assertThat(graft.shown(() -> graft.drawFloats(z))).isEqualTo(graft.drawFloats(z));
  }

  @Test
  void ratesMayStayBeforeTheyFall() {
    FinishOptions finish = FinishOptions.defaults().withFinishSteps(100).withFinishFlat(0.5f);
    assertThat(finish.waiting(1, true).at(0)).isPositive().isLessThan(1);
    assertThat(finish.waiting(1, true).at(4)).isEqualTo(1);
    assertThat(finish.waiting(1, true).at(49)).isEqualTo(1);
    assertThat(finish.waiting(1, true).at(74)).isCloseTo(0.5f, within(1e-6f));
    assertThat(finish.waiting(1, true).at(99)).isZero();
  }

  @Test
  void copiesCostMoreThanAnythingElseUnlessImagesWereHeldOut() {
    double original = FinishJudge.cost(5, 0.91, false);
    double copied = FinishJudge.cost(0.1, 0.89, false);
    assertThat(original).isEqualTo(5);
    assertThat(copied).isGreaterThan(original).isLessThan(FinishJudge.cost(0.1, 0.5, false));
    assertThat(FinishJudge.cost(0.1, 0.5, true)).isEqualTo(0.1);
  }

  private static Map<String, float[]> trace(GraftTraining graft) {
    return graft.trace(FROM, BATCH);
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
