package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import tsugiki.base.SameBits;
import tsugiki.data.RgbImage;
import tsugiki.graph.GradientGroups;
import tsugiki.graph.ShownGradients;
import tsugiki.graph.Weight;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.single.HandPyramid.Plane;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.train.Checkpoints;

/** SinGAN's stages: their losses by hand, what stands still, what a checkpoint and a model keep. */
@Tag("slow")
class SinGanTrainingTest {
  private static final SingleOptions OPTIONS = TinySingle.sinGan();
  private static final int LAST = 2;
  private static final double SMALL = 1e-5;

  private PyramidTraining training;
  private Plane real;

  private static Map<String, float[]> state(PyramidTraining training) {
    return WeightValues.get(training.session(), training.state());
  }

  @Test
  void lossesAndGradientsOfEveryStageAreThoseOfTheArithmetic() {
    ImagePyramid images = TinySingle.images(OPTIONS);
    try (PyramidTraining made = TinySingle.training(OPTIONS)) {
      training = made;
      for (int stage = 0; stage <= LAST; stage++) {
        Size size = images.sizes().of(stage);
        real = Plane.of(size.height(), size.width(), 3, images.floats(stage));
        training.step(2L * stage);
        losses(stage);
        training.step(2L * stage + 1);
      }
    }
  }

  @Test
  void theGraphOfEveryStageIsShownByItsParts() {
    try (PyramidTraining made = TinySingle.training(OPTIONS)) {
      for (int stage = 0; stage <= LAST; stage++) {
        made.step(2L * stage);
        ShownGradients.assertGrouped(
            GradientGroups.of(made.structure()),
            List.of("Generator/Stage" + stage + "/Conv0", "Discriminator/Conv0"));
      }
    }
  }

  private void losses(int stage) {
    StageGraph graph = training.current();
    Session session = training.session();
    HandSinGan hand = hand();
    Plane fixed = kept("fixed_0");
    Plane own = kept("own");
    Plane fake = kept("fake");
    Plane nothing = Plane.zeros(real.height(), real.width(), 3);
    if (stage > 0) {
      below(hand, fixed, stage);
    }

    Map<String, float[]> d = graph.steps().discriminator().trace(session, 5, Map.of());
    double share = d.get("share")[0];
    ToDoubleFunction<HandSinGan> lossD =
        h -> h.score(fake) - h.score(real) + 0.1 * h.penalty(between(fake, share));
    assertThat((double) d.get("loss_d")[0]).isCloseTo(lossD.applyAsDouble(hand), within(1e-4));
    // The penalty by central differences is slow.
    gradients(d, "discriminator/", hand, lossD, stage == 0 ? 3 : 0);

    Map<String, float[]> g = graph.steps().generator().trace(session, 0, Map.of());
    ToDoubleFunction<HandSinGan> lossG =
        h -> {
          Plane drawn =
              stage == 0 ? h.first(own, 0, false) : h.detailed(kept("below"), own, stage, false);
          Plane again =
              stage == 0
                  ? h.first(fixed, 0, false)
                  : h.detailed(kept("below_fixed"), nothing, stage, false);
          return 10 * HandPyramid.squaredError(again, real) - h.score(drawn);
        };
    assertThat((double) g.get("loss_g")[0]).isCloseTo(lossG.applyAsDouble(hand), within(1e-4));
    gradients(g, "generator/stage_" + stage + "/", hand, lossG, 1);
  }

  /** The stages below draw with what they have kept, the reconstruction without noise. */
  private void below(HandSinGan hand, Plane fixed, int stage) {
    List<Plane> noise = new ArrayList<>(List.of(fixed));
    for (int i = 1; i < stage; i++) {
      Size size = TinySingle.images(OPTIONS).sizes().of(i);
      noise.add(Plane.zeros(size.height(), size.width(), 3));
    }
    Plane expected = hand.below(stage, noise, real.height(), real.width());
    Plane found = kept("below_fixed");
    for (int i = 0; i < expected.data().length; i++) {
      assertThat(found.data()[i]).isCloseTo(expected.data()[i], within(1e-4));
    }
    assertThat(hand.weights().get("noise/amplitude_" + stage)[0])
        .isCloseTo(0.1 * Math.sqrt(HandPyramid.squaredError(expected, real)), within(1e-5));
  }

  /**
   * The gradients of a number of a trained weight against central differences.
   *
   * @param every each weight, or every so manieth; 0 for none
   */
  private void gradients(
      Map<String, float[]> traced,
      String network,
      HandSinGan hand,
      ToDoubleFunction<HandSinGan> loss,
      int every) {
    List<Weight> trained =
        training.current().weights().trained().stream()
            .filter(weight -> weight.name().startsWith(network))
            .toList();
    assertThat(trained).isNotEmpty();
    for (int k = 0; every > 0 && k < trained.size(); k += every) {
      Weight weight = trained.get(k);
      double[] values = hand.weights().get(weight.name());
      int i = values.length / 2;
      double value = values[i];
      values[i] = value + SMALL;
      double up = loss.applyAsDouble(hand);
      values[i] = value - SMALL;
      double down = loss.applyAsDouble(hand);
      values[i] = value;
      assertThat((double) traced.get("gradient/" + weight.name())[i])
          .as(weight.name())
          .isCloseTo((up - down) / (2 * SMALL), within(1e-3));
    }
  }

  private Plane between(Plane fake, double share) {
    Plane between = Plane.zeros(real.height(), real.width(), 3);
    for (int i = 0; i < between.data().length; i++) {
      between.data()[i] = share * real.data()[i] + (1 - share) * fake.data()[i];
    }
    return between;
  }

  private HandSinGan hand() {
    Map<String, double[]> weights = new HashMap<>();
    WeightValues.get(training.session(), training.current().weights().all())
        .forEach((name, values) -> weights.put(name, Doubles.toArray(Floats.asList(values))));
    return new HandSinGan(weights, OPTIONS.network().layers(), TinySingle.SLOPE);
  }

  private Plane kept(String name) {
    Weight weight = training.current().weights().in("noise").get(name);
    Shape shape = weight.shape();
    return Plane.of(
        (int) shape.get(1),
        (int) shape.get(2),
        (int) shape.get(3),
        WeightValues.get(training.session(), weight));
  }

  @Test
  void theStagesBelowStandAndDrawAnewAndTheNewOneBeginsAsTheOneBefore() {
    float rate = 1e-4f;
    try (PyramidTraining made =
        TinySingle.training(OPTIONS.withTraining(OPTIONS.training().withRate(rate)))) {
      for (int step = 0; step < 3; step++) {
        made.step(step);
      }
      Map<String, float[]> before = state(made);
      drawsAnew(made);
      made.step(3);
      Map<String, float[]> after = state(made);
      made.step(4);
      Map<String, float[]> grown = state(made);
      for (String weight : before.keySet()) {
        if (weight.startsWith("generator/stage_0/")) {
          assertThat(after.get(weight)).as(weight).isEqualTo(before.get(weight));
          assertThat(grown.get(weight)).as(weight).isEqualTo(before.get(weight));
        }
      }
      for (String weight : List.of("conv_0/kernel", "conv_1/norm/gain", "tail/bias")) {
        String name = "generator/stage_1/" + weight;
        assertThat(after.get(name)).as(name).isNotEqualTo(before.get(name));
        for (int i = 0; i < after.get(name).length; i++) {
          // Each of Adam's first three updates is about the rate at most.
          assertThat((double) grown.get("generator/stage_2/" + weight)[i])
              .isCloseTo(after.get(name)[i], within(4.0 * rate));
        }
      }
      assertThat(after.get("generator/stage_1/conv_0/norm/mean"))
          .isNotEqualTo(before.get("generator/stage_1/conv_0/norm/mean"));
    }
  }

  /** Each step of the discriminator has its own image, and the same one again in a resumed run. */
  private void drawsAnew(PyramidTraining made) {
    training = made;
    StageImages images = made.current().images();
    images.ready(made.session(), 7);
    double[] seven = kept("below").data();
    images.ready(made.session(), 8);
    assertThat(kept("below").data()).isNotEqualTo(seven);
    images.ready(made.session(), 7);
    assertThat(kept("below").data()).isEqualTo(seven);
  }

  @Test
  void aWiderStageBeginsAnew() {
    StageMethod method = OPTIONS.stages();
    assertThat(method.widens(4)).isTrue();
    assertThat(method.widens(5)).isFalse();
    assertThat(method.origin(4, "stage_4/tail/bias")).isEqualTo("stage_4/tail/bias");
    assertThat(method.origin(5, "stage_5/tail/bias")).isEqualTo("stage_4/tail/bias");
    assertThat(method.origin(5, "stage_3/tail/bias")).isEqualTo("stage_3/tail/bias");
    SingleOptions five =
        OPTIONS
            .withPyramid(OPTIONS.pyramid().withStages(5))
            .withTraining(OPTIONS.training().withSteps(1));
    try (PyramidTraining made = TinySingle.training(five)) {
      for (int step = 0; step < 5; step++) {
        made.step(step);
      }
      assertThat(made.current().weights().in("generator").get("stage_4/conv_1/kernel").shape())
          .isEqualTo(Shape.of(3, 3, 2 * TinySingle.CHANNELS, 2 * TinySingle.CHANNELS));
      assertThat(state(made).get("noise/amplitude_4")[0]).isBetween(0.001f, 0.2f);
    }
  }

  /** In the middle of a stage, and between two. */
  @Test
  void aTrainingThatGoesOnFromACheckpointIsThatOfOneWhichNeverStopped(@TempDir Path folder) {
    Map<String, float[]> expected;
    long steps = TinySingle.steps(OPTIONS);
    try (PyramidTraining made = TinySingle.training(OPTIONS)) {
      for (long step = 0; step < steps; step++) {
        made.step(step);
        new Checkpoints(folder.resolve("after-" + step))
            .save(step + 1, made.session(), made.state());
      }
      expected = state(made);
    }
    for (long last : new long[] {2, 3}) {
      try (PyramidTraining made = TinySingle.training(OPTIONS)) {
        long done = new Checkpoints(folder.resolve("after-" + last)).restoreLatest(made);
        for (long step = done; step < steps; step++) {
          made.step(step);
        }
        assertThat(state(made))
            .as("from step " + done)
            .usingRecursiveComparison(SameBits.comparison())
            .isEqualTo(expected);
      }
    }
  }

  /** In tiles as in one piece, from a model as from memory, and what is given at a stage. */
  @Test
  void theModelDrawsThePyramid(@TempDir Path folder) {
    TrainedPyramid pyramid;
    PyramidNoise fixed;
    try (PyramidTraining made = TinySingle.training(OPTIONS)) {
      for (long step = 0; step < TinySingle.steps(OPTIONS); step++) {
        made.step(step);
      }
      pyramid = made.trained();
      fixed = made.reconstruction();
    }
    PyramidExport.write(pyramid, "# A card\n", folder.resolve("model"));
    Size size = new Size(37, 50);
    Sessions.Settings cpu = Sessions.Settings.cpu();
    try (PyramidSampler whole = new PyramidSampler(pyramid, cpu);
        PyramidSampler tiled =
            new PyramidSampler(PyramidExport.read(folder.resolve("model")), cpu, 9)) {
      RgbImage one = whole.draw(PyramidNoise.random(4), size);
      PyramidSamplerTest.alike(one, tiled.draw(PyramidNoise.random(4), size));
      assertThat(whole.draw(fixed, whole.architecture().full()).rgb())
          .isNotEqualTo(whole.draw(1).rgb());
      RgbImage painted = new NaiveImage(one, Optional.empty()).changed(whole, -1, 4);
      assertThat(painted.height()).isEqualTo(37);
      assertThat(painted.rgb()).isNotEqualTo(one.rgb());
      RgbImage larger = tiled.superResolved(TinySingle.image(), 4, 0);
      assertThat(larger.height()).isEqualTo(64);
      assertThat(larger.width()).isEqualTo(68);
      PyramidSamplerTest.alike(larger, whole.superResolved(TinySingle.image(), 4, 0));
    }
  }
}
