package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.base.BadInputException;
import tsugiki.data.RgbImage;
import tsugiki.model.PyramidGenerator.Borders;
import tsugiki.runtime.Sessions;
import tsugiki.single.PyramidSizes.Size;

/** Images of a trained pyramid: of any size, in tiles as in one piece. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PyramidSamplerTest {
  private static final SingleOptions OPTIONS = TinySingle.options(SingleMode.GENERATE);
  private static final Sessions.Settings CPU = Sessions.Settings.cpu();
  private static final int WHOLE = 1_000;

  private PyramidTraining training;
  private TrainedPyramid pyramid;

  @BeforeAll
  void train() {
    training = TinySingle.training(OPTIONS);
    for (long step = 0; step < TinySingle.steps(OPTIONS); step++) {
      training.step(step);
    }
    pyramid = training.trained();
  }

  @AfterAll
  void close() {
    training.close();
  }

  private TrainedPyramid with(Borders borders) {
    PyramidArchitecture a = pyramid.architecture();
    return new TrainedPyramid(
        new PyramidArchitecture(
            a.mode(), a.method(), a.network(), borders, a.heights(), a.widths(), a.seed()),
        pyramid.weights());
  }

  static void alike(RgbImage one, RgbImage other) {
    assertThat(other.rgb()).hasSize(one.rgb().length);
    for (int i = 0; i < one.rgb().length; i++) {
      int distance = Byte.toUnsignedInt(one.rgb()[i]) - Byte.toUnsignedInt(other.rgb()[i]);
      assertThat(Math.abs(distance)).as("sample " + i).isLessThanOrEqualTo(1);
    }
  }

  /** An image of values in [−1, 1]. */
  static RgbImage image(float[] values, Size size) {
    byte[] rgb = new byte[values.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.round((values[i] + 1) * 127.5);
    }
    return new RgbImage("expected", size.height(), size.width(), rgb);
  }

  @ParameterizedTest
  @EnumSource(Borders.class)
  void tilesMakeTheImageThatOnePieceMakes(Borders borders) {
    Size size = new Size(37, 50);
    try (PyramidSampler whole = new PyramidSampler(with(borders), CPU, WHOLE);
        PyramidSampler tiled = new PyramidSampler(with(borders), CPU, 9)) {
      RgbImage one = whole.draw(PyramidNoise.random(4), size);
      assertThat(one.height()).isEqualTo(37);
      assertThat(one.width()).isEqualTo(50);
      alike(one, tiled.draw(PyramidNoise.random(4), size));
    }
  }

  /** The generator in the graph of the training is one that knows its sizes. */
  @Test
  void theReconstructionIsThatOfTheTraining() {
    Map<String, float[]> traced =
        training
            .current()
            .steps()
            .generator()
            .trace(training.session(), 0, Map.of(), StageSteps.IMAGES);
    float[] both = traced.get(StageSteps.IMAGES);
    float[] expected = Arrays.copyOfRange(both, both.length / 2, both.length);
    try (PyramidSampler sampler = new PyramidSampler(pyramid, CPU)) {
      Size full = pyramid.architecture().full();
      RgbImage drawn = sampler.draw(training.reconstruction(), full);
      alike(image(expected, full), drawn);
    }
  }

  @Test
  void aSeedHasItsImageAndAnotherAnother() {
    try (PyramidSampler sampler = new PyramidSampler(pyramid, CPU)) {
      assertThat(sampler.draw(1).rgb()).isEqualTo(sampler.draw(1).rgb());
      assertThat(sampler.draw(2).rgb()).isNotEqualTo(sampler.draw(1).rgb());
    }
  }

  @Test
  void theModelIsThePyramid(@TempDir Path folder) {
    PyramidExport.write(pyramid, "# A card\n", folder.resolve("model"));
    TrainedPyramid read = PyramidExport.read(folder.resolve("model"));
    assertThat(read.architecture()).isEqualTo(pyramid.architecture());
    try (PyramidSampler sampler = new PyramidSampler(pyramid, CPU);
        PyramidSampler again = new PyramidSampler(read, CPU)) {
      assertThat(again.draw(1).rgb()).isEqualTo(sampler.draw(1).rgb());
    }
  }

  @Test
  void sizesThatNoArrayHoldsAreRefused() {
    try (PyramidSampler sampler = new PyramidSampler(pyramid, CPU)) {
      assertThatThrownBy(() -> sampler.draw(PyramidNoise.random(0), new Size(0, 5)))
          .isInstanceOf(BadInputException.class);
    }
    assertThatThrownBy(() -> FeatureMap.empty(100_000, 100_000, 64))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("100000×100000");
  }

  @Test
  void aPartOfTheNoiseIsThatOfTheWhole() {
    NoiseBlocks noise = new NoiseBlocks(1, "test");
    float[] whole = noise.part(2, 3, 0, 0, 5, 150);
    float[] part = noise.part(2, 3, 1, 60, 3, 80);
    double squares = 0;
    for (int y = 0; y < 3; y++) {
      for (int i = 0; i < 240; i++) {
        assertThat(part[y * 240 + i]).isEqualTo(whole[((y + 1) * 150 + 60) * 3 + i]);
        squares += part[y * 240 + i] * part[y * 240 + i] / part.length;
      }
    }
    assertThat(squares).isBetween(0.8, 1.2);
    assertThat(noise.part(1, 3, 0, 0, 5, 150)).isNotEqualTo(whole);
  }
}
