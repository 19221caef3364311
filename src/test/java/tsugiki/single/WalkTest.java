package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
