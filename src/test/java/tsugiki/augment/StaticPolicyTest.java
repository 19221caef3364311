package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tsugiki.data.RgbImage;

class StaticPolicyTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 5;

  private final RgbImage image = noise();

  @Test
  void invertIs255MinusTheSample() {
    each(
        StaticPolicy.INVERT.apply(image, 0),
        (made, y, x, c) -> assertThat(made.sample(y, x, c)).isEqualTo(255 - image.sample(y, x, c)));
  }

  @Test
  void flipsMoveWholePixels() {
    each(
        StaticPolicy.HFLIP.apply(image, 0),
        (made, y, x, c) ->
            assertThat(made.sample(y, x, c)).isEqualTo(image.sample(y, WIDTH - 1 - x, c)));
    each(
        StaticPolicy.VFLIP.apply(image, 0),
        (made, y, x, c) ->
            assertThat(made.sample(y, x, c)).isEqualTo(image.sample(HEIGHT - 1 - y, x, c)));
  }

  @Test
  void contrastStretchesAroundTheMeanAndCuts() {
    // The mean of 0, 40 and 200 is 80.
    RgbImage grey = new RgbImage("g", 1, 1, new byte[] {0, 40, (byte) 200});
    assertThat(StaticPolicy.CONTRAST.apply(grey, 0.5f).rgb()).containsExactly(bytes(40, 60, 140));
    assertThat(StaticPolicy.CONTRAST.apply(grey, 1.6f).rgb()).containsExactly(bytes(0, 16, 255));
  }

  @Test
  void factorsOfContrastAreLowerOrHigherAndNeverNear1() {
    SplittableRandom random = new SplittableRandom(3);
    int lower = 0;
    for (int i = 0; i < 4000; i++) {
      float factor = StaticPolicy.contrastFactor(random);
      lower += factor < 1 ? 1 : 0;
      assertThat(factor)
          .satisfiesAnyOf(
              f -> assertThat(f).isBetween(0.5f, 0.8f), f -> assertThat(f).isBetween(1.25f, 2f));
    }
    assertThat(lower).isBetween(1850, 2150);
  }

  private interface Check {
    void of(RgbImage made, int y, int x, int channel);
  }

  private static void each(RgbImage made, Check check) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
          check.of(made, y, x, channel);
        }
      }
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static RgbImage noise() {
    byte[] rgb = new byte[HEIGHT * WIDTH * RgbImage.CHANNELS];
    new SplittableRandom(1).nextBytes(rgb);
    return new RgbImage("noise", HEIGHT, WIDTH, rgb);
  }
}
