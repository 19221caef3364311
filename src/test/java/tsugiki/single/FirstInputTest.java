package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Floats;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.data.FloatImage;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.single.PyramidSizes.Size;

/** What the first stage takes in training, and for random images. */
class FirstInputTest {
  private static FirstInput input(SingleMode mode, Optional<RgbImage> naive) {
    SingleOptions options = TinySingle.options(mode);
    return FirstInputs.of(options, TinySingle.images(options).images().get(0), naive);
  }

  private static float[] first(PyramidNoise noise, Size size) {
    return noise.part(0, RgbImage.CHANNELS, 0, 0, size.height(), size.width());
  }

  private static Size smallest(SingleMode mode) {
    SingleOptions options = TinySingle.options(mode);
    return TinySingle.images(options).sizes().of(0);
  }

  /** The first stage has seen no noise by itself, and makes nothing of it. */
  @ParameterizedTest
  @EnumSource(
      value = SingleMode.class,
      names = {"HARMONIZE", "EDIT"})
  void aRandomImageBeginsWithTheTrainingImageChangedAsInAStep(SingleMode mode) {
    FirstInput input = input(mode, Optional.empty());
    Size size = smallest(mode);
    float[] one = first(input.random(7), size);
    assertThat(one).isEqualTo(input.changed().orElseThrow().at("sample", 7, size));
    assertThat(first(input.random(7), size)).isEqualTo(one);
    assertThat(first(input.random(8), size)).isNotEqualTo(one);
    assertThat(first(input.random(7), new Size(20, 30))).hasSize(20 * 30 * RgbImage.CHANNELS);
    assertThat(input.random(7).part(1, 2, 0, 0, 3, 4))
        .isEqualTo(PyramidNoise.random(7).part(1, 2, 0, 0, 3, 4));
  }

  @Test
  void aFineTuningBeginsWithItsOwnImage() {
    Size size = smallest(SingleMode.HARMONIZE);
    RgbImage naive = TinySingle.image();
    FloatImage small = MatlabResizer.exact(naive, size.height(), size.width());
    FirstInput input = input(SingleMode.HARMONIZE, Optional.of(naive));
    assertThat(first(input.random(1), size)).isEqualTo(small.centred());
    assertThat(small.centred()).isNotEqualTo(FloatImage.of(small.bytes()).centred());
  }

  @Test
  void anImageToChangeIsNotRoundedEither() {
    RgbImage image = TinySingle.image();
    Size size = new Size(11, 12);
    float[] small = MatlabResizer.exact(image, 11, 12).centred();
    assertThat(FirstInputs.given(SingleMode.HARMONIZE, image, size, 3)).isEqualTo(small);
    float[] noise = new NoiseBlocks(3, PyramidTraining.FIXED).part(0, 3, 0, 0, 11, 12);
    float[] edited = FirstInputs.given(SingleMode.EDIT, image, size, 3);
    for (int i = 0; i < edited.length; i++) {
      assertThat(edited[i]).isCloseTo(small[i] + 0.1f * noise[i], within(1e-6f));
    }
  }

  /** The image is not rounded to bytes before the network reads it, nor is what changes it. */
  @ParameterizedTest
  @EnumSource(
      value = SingleMode.class,
      names = {"GENERATE", "RETARGET", "HARMONIZE"})
  void theReconstructionBeginsWithTheResizedImageUnrounded(SingleMode mode) {
    float[] smallest = TinySingle.images(TinySingle.options(mode)).floats(0);
    FirstInput input = input(mode, Optional.empty());
    assertThat(input.fixed()).isEqualTo(smallest);
    input
        .changed()
        .ifPresent(
            images ->
                assertThat(Floats.asList(images.at(FirstInput.STEP, 1, smallest(mode))))
                    .filteredOn(value -> Math.abs(bytes(value) - Math.rint(bytes(value))) > 0.01)
                    .hasSizeGreaterThan(smallest.length / 4));
  }

  private static double bytes(float value) {
    return (value + 1) * 127.5;
  }

  @ParameterizedTest
  @EnumSource(
      value = SingleMode.class,
      names = {"GENERATE", "RETARGET", "ANIMATE"})
  void theOtherModesBeginWithNoise(SingleMode mode) {
    Size size = smallest(mode);
    assertThat(first(input(mode, Optional.empty()).random(7), size))
        .isEqualTo(first(PyramidNoise.random(7), size));
  }

  /** An image between two is no brighter than they are, and noise between two has their spread. */
  @Test
  void halfWayBetweenTwoImagesIsTheirMean() {
    FirstInput input = input(SingleMode.HARMONIZE, Optional.empty());
    Size size = smallest(SingleMode.HARMONIZE);
    float[] from = first(input.random(3), size);
    float[] to = first(input.random(4), size);
    float[] middle = first(input.between(3, 4, 0.5), size);
    for (int i = 0; i < middle.length; i++) {
      assertThat(middle[i]).isCloseTo((from[i] + to[i]) / 2, within(1e-6f));
    }
    assertThat(first(input.between(3, 4, 0), size)).isEqualTo(from);
    assertThat(first(input(SingleMode.GENERATE, Optional.empty()).between(3, 4, 0.5), size))
        .isEqualTo(
            first(PyramidNoise.between(PyramidNoise.random(3), PyramidNoise.random(4), 0.5), size));
  }
}
