package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MatlabResizerTest {
  private static RgbImage noise(int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(3).nextBytes(rgb);
    return new RgbImage("noise", height, width, rgb);
  }

  @Test
  void aProductThatIsWholeButForRoundingIsNotRoundedUp() {
    assertThat(MatlabResizer.scaled(250, Math.pow(0.1, 1.0))).isEqualTo(25);
    assertThat(MatlabResizer.scaled(250, 0.1 + 1e-12)).isEqualTo(25);
    assertThat(MatlabResizer.scaled(250, 0.1001)).isEqualTo(26);
    assertThat(MatlabResizer.scaled(3, 0.01)).isEqualTo(1);
  }

  @Test
  void oneColourStaysThatColourAtEverySize() {
    byte[] rgb = new byte[7 * 5 * 3];
    java.util.Arrays.fill(rgb, (byte) 200);
    RgbImage flat = new RgbImage("flat", 7, 5, rgb);
    for (double factor : new double[] {0.3, 0.5, 0.9, 1.7, 3}) {
      for (byte value : MatlabResizer.resize(flat, factor).rgb()) {
        assertThat(value).isEqualTo((byte) 200);
      }
    }
  }

  /**
   * Half the size of the row 0, 0, 255, 255, 0, 0, by the definition: kernel k(t/2)/2 over eight
   * samples around every other border, the row mirrored.
   */
  @Test
  void halvingFollowsTheDefinition() {
    int[] row = {0, 0, 255, 255, 0, 0};
    byte[] rgb = new byte[row.length * 3];
    for (int x = 0; x < row.length; x++) {
      for (int c = 0; c < 3; c++) {
        rgb[x * 3 + c] = (byte) row[x];
      }
    }
    RgbImage whole = new RgbImage("row", 1, 6, rgb);
    RgbImage small = MatlabResizer.resize(whole, 1, 3);
    FloatImage exact = MatlabResizer.exact(whole, 1, 3);
    for (int o = 0; o < 3; o++) {
      double centre = 2 * o + 0.5;
      double sum = 0;
      double weights = 0;
      for (int i = -10; i < 16; i++) {
        double t = Math.abs(i - centre) / 2;
        double weight =
            t <= 1
                ? 1.5 * t * t * t - 2.5 * t * t + 1
                : t <= 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2 : 0;
        int at = Math.floorMod(i, 12) < 6 ? Math.floorMod(i, 12) : 11 - Math.floorMod(i, 12);
        sum += weight * row[at];
        weights += weight;
      }
      int wanted = (int) Math.max(0, Math.min(255, Math.floor(sum / weights + 1e-6)));
      assertThat(small.sample(0, o, 1)).isEqualTo(wanted);
      assertThat((double) exact.rgb()[3 * o + 1])
          .isCloseTo(Math.max(0, Math.min(255, sum / weights)), within(1e-4));
    }
  }

  /**
   * By a factor that is not the quotient of the sides, as in a pyramid: ten samples by 0.33 are
   * four, whose centres lie 1/0.33 apart and whose kernel is as much wider.
   */
  @Test
  void aFactorIsNotTheQuotientOfTheSides() {
    int[] row = {10, 250, 30, 200, 90, 60, 180, 0, 240, 120};
    double factor = 0.33;
    byte[] rgb = new byte[row.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) row[i / 3];
    }
    RgbImage small = MatlabResizer.resize(new RgbImage("row", 1, row.length, rgb), factor);
    assertThat(small.width()).isEqualTo(4);
    for (int o = 0; o < 4; o++) {
      double centre = (o + 0.5) / factor - 0.5;
      double sum = 0;
      double weights = 0;
      for (int i = -20; i < 40; i++) {
        double t = Math.abs(i - centre) * factor;
        double weight =
            t <= 1
                ? 1.5 * t * t * t - 2.5 * t * t + 1
                : t <= 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2 : 0;
        int at = Math.floorMod(i, 20);
        sum += weight * row[at < 10 ? at : 19 - at];
        weights += weight;
      }
      int wanted = (int) Math.max(0, Math.min(255, Math.floor(sum / weights + 1e-6)));
      assertThat(small.sample(0, o, 1)).as("sample " + o).isEqualTo(wanted);
    }
  }

  @Test
  void theSidesAreIndependent() {
    RgbImage image = noise(12, 9);
    RgbImage turned = MatlabResizer.resize(transposed(image), 20, 5);
    RgbImage small = transposed(MatlabResizer.resize(image, 5, 20));
    for (int i = 0; i < small.rgb().length; i++) {
      // The order of the two passes differs, so a value on a border may be rounded down once.
      assertThat(Byte.toUnsignedInt(turned.rgb()[i]))
          .isBetween(
              Byte.toUnsignedInt(small.rgb()[i]) - 1, Byte.toUnsignedInt(small.rgb()[i]) + 1);
    }
  }

  private static RgbImage transposed(RgbImage image) {
    byte[] rgb = new byte[image.rgb().length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < 3; c++) {
          rgb[(x * image.height() + y) * 3 + c] = (byte) image.sample(y, x, c);
        }
      }
    }
    return new RgbImage(image.name(), image.width(), image.height(), rgb);
  }
}
