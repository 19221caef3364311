package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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

/** Both methods on a tiny generator; their graphs are built once and put back before each test. */
@Tag("slow")
class GraftTrainingTest {
  private static final int GROUP_SIZE = 4;
  private static final Map<GraftMethod, GraftTraining> GRAFTS = new EnumMap<>(GraftMethod.class);
  private static final Map<GraftMethod, Map<String, float[]>> STARTS =
      new EnumMap<>(GraftMethod.class);
  private static Rootstock rootstock;
  private static float[] z;
  private static float[] drawnByRootstock;

  @BeforeAll
  static void build() {
    rootstock = TinyRootstock.make();
    z = LatentDraws.normal(TinyRootstock.ARCHITECTURE.latent(), 2, 1, 2, 3);
    drawnByRootstock = TinyRootstock.draw(rootstock, z, new float[] {1 / 3f, 1 / 3f, 1 / 3f});
    for (GraftMethod method : GraftMethod.values()) {
      GraftTraining graft = train(method, GROUP_SIZE);
      GRAFTS.put(method, graft);
      STARTS.put(method, WeightValues.get(graft.session(), graft.state()));
    }
  }

  private static GraftTraining train(GraftMethod method, int groupSize) {
    return new GraftTraining(
        TinyRootstock.options(method, groupSize),
        rootstock,
        TinyRootstock.images(3),
        new TinyNetwork());
  }

  @AfterAll
  static void close() {
    GRAFTS.values().forEach(GraftTraining::close);
    GRAFTS.clear();
  }

  /** A graft before its first step. */
  private static GraftTraining untrained(GraftMethod method) {
    GraftTraining graft = GRAFTS.get(method);
    Map<Weight, float[]> start = new HashMap<>();
    graft.state().forEach(weight -> start.put(weight, STARTS.get(method).get(weight.name())));
    WeightValues.set(graft.session(), start);
    return graft;
  }

  @ParameterizedTest
  @EnumSource
  void beforeTheFirstStepTheImagesAreTheRootstocks(GraftMethod method) {
    assertThat(spread(drawnByRootstock)).as("the rootstock draws something").isGreaterThan(0.05);
    assertThat(untrained(method).drawFloats(z))
        .containsExactly(drawnByRootstock, Offset.offset(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void groupsOfAnySizeStartAsTheRootstockAndLearnToDependOnZ(int groupSize) {
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, groupSize)) {
      assertThat(graft.drawFloats(z)).containsExactly(drawnByRootstock, Offset.offset(1e-5f));
      becomesDependentOnZ(graft);
    }
  }

  @Test
  void theLayersLearnToDependOnTheLatentVector() {
    becomesDependentOnZ(untrained(GraftMethod.POINT_WISE));
  }

  private static void becomesDependentOnZ(GraftTraining graft) {
    assertThat(graft.spread(graft.latents()))
        .hasSize(2 * 7)
        .allSatisfy((name, value) -> assertThat(value).as(name).isZero());
    for (int step = 0; step < 3; step++) {
      graft.step(step);
    }
    assertThat(graft.spread(graft.latents()))
        .allSatisfy((name, value) -> assertThat(value).as(name).isGreaterThan(1e-4));
  }

  @ParameterizedTest
  @EnumSource
  void aStepChangesWhatIsTrainedAndNothingElse(GraftMethod method) {
    GraftTraining graft = untrained(method);
    List<Weight> all = new ArrayList<>(graft.generator().weights().all());
    // The vectors of spectral normalisation follow their kernels.
    all.removeIf(weight -> weight.name().endsWith("_u"));
    all.add(graft.training().latents());
    all.add(graft.training().termWeights());
    Map<String, float[]> before = WeightValues.get(graft.session(), all);
    for (int step = 0; step < 3; step++) {
      graft.step(step);
    }
    Map<String, float[]> after = WeightValues.get(graft.session(), all);
    for (Weight weight : all) {
      boolean same = Arrays.equals(before.get(weight.name()), after.get(weight.name()));
      assertThat(same).as(weight.name()).isEqualTo(!weight.trained());
    }
  }

  @Test
  void noGradientOfAFrozenKernelIsComputed() {
    GraftTraining graft = GRAFTS.get(GraftMethod.POINT_WISE);
    List<String> trained = graft.training().trained().stream().map(Weight::name).toList();
    assertThat(trained).allMatch(name -> name.startsWith("graft/")).hasSize(4 + 7 * 2);

    Ancestors ancestors = new Ancestors(graft.structure());
    List<String> updates =
        ancestors.nodes().stream()
            .filter(node -> node.getOp().equals("ApplyAdam"))
            .map(NodeDef::getName)
            .toList();
    assertThat(updates).hasSameSizeAs(trained);
    Set<String> run = new HashSet<>();
    ancestors.of(updates).forEach(name -> run.add(ancestors.node(name).getOp()));
    assertThat(run).contains("Conv2DBackpropInput").doesNotContain("Conv2DBackpropFilter");
  }

  @Test
  void trainsTheGainAndBiasLayersOfThePaperAndNoOthers() {
    List<Weight> own = GRAFTS.get(GraftMethod.SCALE_SHIFT).generator().rootstock().trained();
    assertThat(own)
        .extracting(Weight::name)
        .hasSize(3 * 2 * 2)
        .allMatch(name -> name.matches("generator/block_./norm_./(gain|bias)/kernel"));
  }

  /** The reference's: however the kernels train, their largest singular values stay. */
  @Test
  void underSpectralNormalisationTheNormOfEveryKernelStays() {
    Map<String, float[]> stretched = new HashMap<>();
    rootstock.weights().forEach((name, values) -> stretched.put(name, values.clone()));
    // Orthogonal kernels have no largest singular value that an iteration could follow.
    List<Weight> kernels = GRAFTS.get(GraftMethod.SCALE_SHIFT).generator().rootstock().trained();
    for (Weight kernel : kernels) {
      float[] values = stretched.get(kernel.name());
      for (int i = 0; i < values.length; i += (int) kernel.shape().get(1)) {
        values[i] *= 3;
      }
    }
    GraftOptions fast = TinyRootstock.options(GraftMethod.SCALE_SHIFT_SPECTRAL, 1);
    try (GraftTraining graft =
        new GraftTraining(
            fast.withLearning(fast.learning().withLayerRate(0.01f)),
            new Rootstock(rootstock.architecture(), stretched),
            TinyRootstock.images(3),
            new TinyNetwork())) {
      for (int step = 0; step < 10; step++) {
        graft.step(step);
      }
      Map<String, float[]> exported = graft.generatorValues();
      Map<String, float[]> trained =
          WeightValues.get(graft.session(), graft.generator().rootstock().trained());
      assertThat(exported.keySet()).noneMatch(name -> name.contains("spectral"));
      double most = 0;
      for (Weight kernel : kernels) {
        double before = norm(stretched.get(kernel.name()), kernel);
        assertThat(norm(exported.get(kernel.name()), kernel))
            .as(kernel.name())
            .isCloseTo(before, withinPercentage(0.5));
        most = Math.max(most, Math.abs(norm(trained.get(kernel.name()), kernel) / before - 1));
      }
      assertThat(most).as("what the normalisation holds back").isGreaterThan(0.02);
    }
  }

  /** The largest singular value of a kernel [in, out], by power iteration. */
  private static double norm(float[] kernel, Weight weight) {
    int out = (int) weight.shape().get(1);
    double[] u = new Random(1).doubles(out, -1, 1).toArray();
    double norm = 0;
    for (int i = 0; i < 500; i++) {
      double[] v = new double[kernel.length / out];
      for (int at = 0; at < kernel.length; at++) {
        v[at / out] += kernel[at] * u[at % out];
      }
      double[] next = new double[out];
      for (int at = 0; at < kernel.length; at++) {
        next[at % out] += kernel[at] * v[at / out];
      }
      double length = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum());
      norm = Math.sqrt(length);
      u = Arrays.stream(next).map(x -> x / length).toArray();
    }
    return norm;
  }

  @Test
  void aPlainLastSiteHasNoLayer() {
    GraftOptions options =
        TinyRootstock.options(GraftMethod.POINT_WISE, GROUP_SIZE).withPlainLastSite(true);
    try (GraftTraining graft =
        new GraftTraining(options, rootstock, TinyRootstock.images(3), new TinyNetwork())) {
      assertThat(graft.drawFloats(z)).containsExactly(drawnByRootstock, Offset.offset(1e-5f));
      assertThat(graft.generator().scion().trained())
          .extracting(Weight::name)
          .anyMatch(name -> name.startsWith("graft/site_5"))
          .noneMatch(name -> name.startsWith("graft/site_6"));
      assertThat(graft.spread(graft.latents())).hasSize(2 * 6);
    }
  }

  @Test
  void perceptualTermsWeighTheSameAtTheStart() {
    assertThat(untrained(GraftMethod.POINT_WISE).step(0).get("perceptual")).isBetween(0.8, 1.2);
  }

  @ParameterizedTest
  @EnumSource
  void theLossFalls(GraftMethod method) {
    GraftTraining graft = untrained(method);
    double first = graft.step(0).get("l1");
    double last = first;
    for (int step = 1; step < 100; step++) {
      last = graft.step(step).get("l1");
    }
    assertThat(last).isLessThan(0.85 * first);
  }

  private static double spread(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
