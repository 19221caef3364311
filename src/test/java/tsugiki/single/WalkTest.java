package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.data.RgbImage;
import tsugiki.runtime.Sessions;

/** The frames of an animation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalkTest {
  private PyramidNoise home;
  private PyramidSampler sampler;
  private RgbImage reconstruction;

  @BeforeAll
  void train() {
    SingleOptions options = TinySingle.options(SingleMode.ANIMATE);
    try (PyramidTraining training = TinySingle.training(options)) {
      for (long step = 0; step < TinySingle.steps(options); step++) {
        training.step(step);
      }
      home = training.reconstruction();
      sampler = new PyramidSampler(training.trained(), Sessions.Settings.cpu());
      reconstruction = sampler.draw(home, sampler.architecture().full());
    }
  }

  @AfterAll
  void close() {
    sampler.close();
  }

  private List<RgbImage> frames(int firstStage, float pull, float smoothness, long seed) {
    return new Walk(4, firstStage, pull, smoothness).draw(sampler, home, seed);
  }

  @Test
  void aWalkThatIsPulledBackAllTheWayStaysAtTheImage() {
    for (RgbImage frame : frames(0, 1, 0.9f, 1)) {
      PyramidSamplerTest.alike(reconstruction, frame);
    }
  }

  @Test
  void stagesBelowTheFirstStay() {
    for (RgbImage frame : frames(3, 0.1f, 0.9f, 1)) {
      PyramidSamplerTest.alike(reconstruction, frame);
    }
  }

  /** Without smoothness every frame has noise of its own; with it, little of it. */
  @Test
  void aSmoothWalkMovesLessFromFrameToFrame() {
    assertThat(movement(frames(0, 0.1f, 0.95f, 1)))
        .isPositive()
        .isLessThan(movement(frames(0, 0.1f, 0, 1)));
  }

  /** Without pull and new noise the first frame goes the first move once more. */
  @ParameterizedTest
  @CsvSource({"CONSINGAN, 0.01", "SINGAN, 0.05"})
  void aMethodHasItsFirstMove(SingleMethod method, float move) {
    SingleOptions options =
        method == SingleMethod.SINGAN
            ? TinySingle.sinGan().withMode(SingleMode.ANIMATE)
            : TinySingle.options(SingleMode.ANIMATE);
    PyramidSizes sizes = TinySingle.images(options).sizes();
    PyramidNoise fixed = PyramidNoise.random(3);
    List<PyramidNoise> frames = new ArrayList<>();
    new Walk(1, 0, 0, 1).each(PyramidArchitecture.of(options, sizes), fixed, 1, frames::add);
    int channels = options.stages().noiseChannels(1);
    float[] began = fixed.part(1, channels, 0, 0, 3, 4);
    float[] random = new NoiseBlocks(1, "walk").part(1, channels, 0, 0, 3, 4);
    float[] first = frames.get(0).part(1, channels, 0, 0, 3, 4);
    for (int i = 0; i < first.length; i++) {
      assertThat(first[i]).isCloseTo(began[i] + 2 * move * (random[i] - began[i]), within(1e-5f));
    }
  }

  @Test
  void aSeedHasItsWalk() {
    byte[] last = frames(0, 0.1f, 0.5f, 1).get(3).rgb();
    assertThat(frames(0, 0.1f, 0.5f, 1).get(3).rgb()).isEqualTo(last);
    assertThat(frames(0, 0.1f, 0.5f, 2).get(3).rgb()).isNotEqualTo(last);
  }

  private static double movement(List<RgbImage> frames) {
    double sum = 0;
    for (int frame = 1; frame < frames.size(); frame++) {
      byte[] now = frames.get(frame).rgb();
      byte[] before = frames.get(frame - 1).rgb();
      for (int i = 0; i < now.length; i++) {
        sum += Math.abs(Byte.toUnsignedInt(now[i]) - Byte.toUnsignedInt(before[i]));
      }
    }
    return sum;
  }
}
