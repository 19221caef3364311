package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GaussianBlurTest {
  /** By {@code scipy.ndimage.gaussian_filter(x, 0.8, mode="nearest", truncate=3)}. */
  @Test
  void blursAsSciPy() {
    float[] image = {0, 0, 0, 9, 0, 5, 0, 0, 1, 0, 0, 0};
    float[] expected = {
      0.2775266f,
      0.7237008f,
      1.951056f,
      5.081594f,
      0.7579915f,
      1.357736f,
      1.140253f,
      1.744214f,
      0.8229265f,
      0.7623197f,
      0.3269554f,
      0.1729939f
    };
    assertThat(new GaussianBlur(0.8, 3).of(image, 4, 1))
        .containsExactly(expected, Offset.offset(1e-5f));
  }

  @Test
  void channelsDoNotMix() {
    float[] image = new float[5 * 7 * 3];
    for (int pixel = 0; pixel < 5 * 7; pixel++) {
      image[3 * pixel] = pixel * pixel % 11;
      image[3 * pixel + 1] = 4;
    }
    float[] grey = new float[5 * 7];
    for (int pixel = 0; pixel < grey.length; pixel++) {
      grey[pixel] = image[3 * pixel];
    }
    GaussianBlur blur = new GaussianBlur(1.5, 4);
    float[] blurred = blur.of(image, 7, 3);
    float[] alone = blur.of(grey, 7, 1);
    for (int pixel = 0; pixel < grey.length; pixel++) {
      assertThat(blurred[3 * pixel]).isEqualTo(alone[pixel]);
      assertThat(blurred[3 * pixel + 1]).isCloseTo(4, Offset.offset(1e-5f));
      assertThat(blurred[3 * pixel + 2]).isZero();
    }
  }
}
