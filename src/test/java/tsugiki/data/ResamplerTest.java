package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
  /** Three channels that differ by a constant, so that mixing them shows. */
  private static RgbImage grey(int height, int width, int... values) {
    byte[] rgb = new byte[height * width * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (values[i / 3 % values.length] + i % 3);
    }
    return new RgbImage("a", height, width, rgb);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16, 31, 50})
  void a_constant_image_stays_constant(int size) {
    RgbImage resized = Resampler.resize(grey(19, 23, 120), size, size + 1);

    assertThat(resized.rgb()).isEqualTo(grey(size, size + 1, 120).rgb());
  }

  @Test
  void the_same_size_is_the_same_image() {
    RgbImage image = grey(3, 3, 1, 50, 200, 40, 7, 99, 14, 0, 250);

    assertThat(Resampler.resize(image, 3, 3)).isSameAs(image);
  }

  @Test
  void upscaling_two_pixels_gives_hand_computed_values() {
    // Output centres lie at 0.25, 0.75, 1.25 and 1.75 between inputs at 0.5 and 1.5. With the
    // Lanczos-3 kernel L the far pixel weighs L(1.25) / (L(0.25) + L(1.25)) = -0.1755 at the ends
    // and L(0.75) / (L(0.25) + L(0.75)) = 0.2329 inside.
    RgbImage resized = Resampler.resize(grey(1, 2, 100, 200), 1, 4);

    assertThat(values(resized)).containsExactly(82, 123, 177, 218);
  }

  @Test
  void halving_gives_hand_computed_values() {
    // The kernel is twice as wide: output 0 lies 0.5, 0.5, 1.5 and 2.5 pixels from the inputs, so
    // they weigh L(0.25) = 0.8901 twice, L(0.75) = 0.2702 and L(1.25) = -0.1329, over their sum
    // 1.9175; output 1 likewise from the right: 200 · 0.8901 / 1.9175 = 92.8.
    RgbImage resized = Resampler.resize(grey(1, 4, 0, 0, 0, 200), 1, 2);

    assertThat(values(resized)).containsExactly(0, 93);
  }

  @Test
  void a_fine_checkerboard_becomes_grey() {
    int[] board = new int[65 * 64];
    for (int i = 0; i < board.length; i++) {
      board[i] = (i / 65 + i) % 2 * 250;
    }
    // 65 columns alternate along rows and down columns alike.
    RgbImage resized = Resampler.resize(grey(64, 65, board), 16, 16);

    for (int y = 2; y < 14; y++) {
      for (int x = 2; x < 14; x++) {
        assertThat(resized.sample(y, x, 0)).isCloseTo(125, within(3));
      }
    }
  }

  @Test
  void detail_below_the_new_resolution_does_not_alias() {
    // A wave of 0.4 cycles a pixel cannot be shown at a quarter of the size; taking every fourth
    // pixel would fold it into one of 0.4 cycles with its whole contrast.
    int[] wave = new int[128];
    for (int x = 0; x < wave.length; x++) {
      wave[x] = (int) Math.round(125 + 100 * Math.cos(2 * Math.PI * 0.4 * x));
    }
    RgbImage resized = Resampler.resize(grey(1, 128, wave), 1, 32);

    int[] inner = Arrays.copyOfRange(values(resized), 3, 29);
    assertThat(Arrays.stream(inner).boxed())
        .allSatisfy(value -> assertThat(value).isCloseTo(125, within(2)));
  }

  @Test
  void detail_above_the_new_resolution_is_kept() {
    int[] wave = new int[128];
    for (int x = 0; x < wave.length; x++) {
      wave[x] = (int) Math.round(125 + 100 * Math.cos(2 * Math.PI * (x + 0.5) / 32));
    }
    int[] resized = values(Resampler.resize(grey(1, 128, wave), 1, 32));

    for (int x = 4; x < 28; x++) {
      double expected = 125 + 100 * Math.cos(2 * Math.PI * (x + 0.5) / 8);
      assertThat((double) resized[x]).isCloseTo(expected, within(2.5));
    }
  }

  @Test
  void rows_and_columns_are_treated_alike() {
    int[] values = {10, 250, 30, 90, 120, 0, 255, 31, 77, 5};
    RgbImage row = Resampler.resize(grey(1, 10, values), 1, 4);
    RgbImage column = Resampler.resize(grey(10, 1, values), 4, 1);

    assertThat(row.rgb()).isEqualTo(column.rgb());
  }

  @Test
  void a_square_is_cut_from_the_centre() {
    RgbImage wide = grey(2, 5, 10, 20, 30, 40, 50);
    RgbImage square = Resampler.square(wide, 2);

    assertThat(values(square)).containsExactly(20, 30, 20, 30);
    assertThat(square.name()).isEqualTo("a");
  }

  @Test
  void a_crop_must_fit() {
    assertThatThrownBy(() -> Resampler.centreCrop(grey(2, 5, 0), 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3×3");
  }

  private static int[] values(RgbImage image) {
    int[] values = new int[image.height() * image.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.sample(i / image.width(), i % image.width(), 0);
    }
    return values;
  }
}
