package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.data.RgbImage;

/** A mask of a single white pixel, which a disk and a Gaussian make soft. */
class SoftMaskTest {
  private static final int SIDE = 121;
  private static final int MIDDLE = 60;

  private static RgbImage white(int height, int width, int row, int column) {
    byte[] rgb = new byte[height * width * 3];
    for (int c = 0; c < 3; c++) {
      rgb[(row * width + column) * 3 + c] = (byte) 255;
    }
    return new RgbImage("mask", height, width, rgb);
  }

  /** The sum of a Gaussian of five pixels over a disk, by the definition. */
  private static double soft(int radius, int dy, int dx) {
    double sum = 0;
    for (int y = -20; y <= 20; y++) {
      for (int x = -20; x <= 20; x++) {
        int row = dy + y;
        int column = dx + x;
        if (row * row + column * column <= radius * radius) {
          sum += Math.exp(-(y * y + x * x) / 50.0);
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"HARMONIZE, 7", "EDIT, 20"})
  void theDiskOfTheModeIsBlurredAndReachesFromZeroToOne(SingleMode mode, int radius) {
    SoftMask mask = SoftMask.of(white(SIDE, SIDE, MIDDLE, MIDDLE), mode);
    double most = soft(radius, 0, 0);
    for (int[] place : new int[][] {{0, 0}, {0, 5}, {7, 0}, {-9, 9}, {20, 3}, {0, -24}, {39, 0}}) {
      float value = mask.values()[(MIDDLE + place[0]) * SIDE + MIDDLE + place[1]];
      assertThat((double) value)
          .as("%d rows and %d columns from the middle", place[0], place[1])
          .isCloseTo(soft(radius, place[0], place[1]) / most, within(1e-5));
    }
    assertThat(mask.values()[0]).isZero();
    assertThat(mask.values()[MIDDLE * SIDE + MIDDLE]).isEqualTo(1);
  }

  @Test
  void theChangedImageTakesTheGivenOnesPlaceByTheMask() {
    SoftMask mask = new SoftMask(1, 3, new float[] {0, 0.25f, 1});
    RgbImage outside =
        new RgbImage("outside", 1, 3, new byte[] {100, 100, 100, 100, 100, 100, 100, 100, 100});
    RgbImage inside = new RgbImage("inside", 1, 3, new byte[] {20, 40, 60, 20, 40, 60, 20, 40, 60});
    assertThat(mask.blend(outside, inside).rgb())
        .containsExactly(100, 100, 100, 80, 85, 90, 20, 40, 60);
  }
}
