package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import tsugiki.base.SameBits;
import tsugiki.data.RgbImage;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.train.Checkpoints;

/** SinGAN's stages: what stands still, what a checkpoint and a model keep. */
@Tag("slow")
class SinGanTrainingTest {
  private static final SingleOptions OPTIONS = TinySingle.sinGan();

  private static Map<String, float[]> state(PyramidTraining training) {
    return WeightValues.get(training.session(), training.state());
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
  private static void drawsAnew(PyramidTraining made) {
    float[] seven = below(made, 7);
    assertThat(below(made, 8)).isNotEqualTo(seven);
    assertThat(below(made, 7)).isEqualTo(seven);
  }

  /** What the stages below draw for a step. */
  private static float[] below(PyramidTraining made, long step) {
    made.current().images().ready(made.session(), step);
    return WeightValues.get(made.session(), made.current().weights().in("noise").get("below"));
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

  /** All stages have rows alike, so that the factor between them is that of the columns. */
  @Test
  void anImageAsLowAsTheStageBeforeTheLastIsEnlargedToo() {
    RgbImage tiny = TinySingle.image();
    RgbImage low =
        new RgbImage("low", 12, tiny.width(), Arrays.copyOf(tiny.rgb(), 12 * tiny.width() * 3));
    ImagePyramid images = ImagePyramid.of(low, OPTIONS);
    assertThat(images.sizes().of(1).height()).isEqualTo(12);
    try (PyramidTraining made = new PyramidTraining(OPTIONS, images, Optional.empty())) {
      for (long step = 0; step < OPTIONS.steps(images.sizes()); step++) {
        made.step(step);
      }
      try (PyramidSampler sampler = new PyramidSampler(made.trained(), Sessions.Settings.cpu())) {
        assertThat(sampler.superResolved(low, 2, 0).height()).isEqualTo(24);
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
