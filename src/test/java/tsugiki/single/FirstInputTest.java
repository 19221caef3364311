package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.data.RgbImage;
import tsugiki.single.PyramidSizes.Size;

/** What the first stage takes in training, and for random images. */
class FirstInputTest {
  private static FirstInput input(SingleMode mode, Optional<RgbImage> naive) {
    SingleOptions options = TinySingle.options(mode);
    return FirstInputs.of(options, TinySingle.images(options).of(0), naive);
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
    RgbImage naive =
        new RgbImage(
            "naive", size.height(), size.width(), new byte[3 * size.height() * size.width()]);
    FirstInput input = input(SingleMode.HARMONIZE, Optional.of(naive));
    assertThat(first(input.random(1), size)).containsOnly(-1f);
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
