package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tsugiki.data.FloatImage;

/** How often an image is changed, and into what. */
class ImageChangesTest {
  private static final int DRAWS = 40_000;

  private static FloatImage image(int height, int width, int... rgb) {
    float[] values = new float[height * width * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[i % rgb.length];
    }
    return new FloatImage("image", height, width, values);
  }

  /** No rectangle fits into a single pixel, so that its colour alone changes. */
  @Test
  void aQuarterChangesItsColoursByTheAuthorsShares() {
    FloatImage pixel = image(1, 1, 200, 100, 50);
    Map<String, Integer> counts = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < DRAWS; i++) {
      float[] changed = ImageChanges.recoloured(pixel, random).rgb();
      counts.merge(kind(changed), 1, Integer::sum);
    }
    assertThat(counts.keySet())
        .containsExactlyInAnyOrder(
            "same",
            "inverted",
            "sepia",
            "channel gone",
            "channels moved",
            "brighter or darker",
            "noise",
            "hue");
    double kind = 0.25 * 5 / 32;
    share(counts.get("inverted"), kind);
    share(counts.get("sepia"), kind);
    share(counts.get("channel gone"), kind);
    // One order of six is that of before.
    share(counts.get("channels moved"), kind * 5 / 6);
    share(counts.get("same"), 0.75 + kind / 6);
    share(counts.get("hue"), 0.25 / 16);
    double noise = 0.25 * 5 / 16;
    share(counts.get("brighter or darker"), noise * 5 / 12);
    share(counts.get("noise"), noise * 7 / 12);
  }

  private static void share(int count, double wanted) {
    assertThat((double) count / DRAWS).isCloseTo(wanted, within(0.005));
  }

  private static String kind(float[] pixel) {
    float red = pixel[0];
    float green = pixel[1];
    float blue = pixel[2];
    float[] sorted = pixel.clone();
    Arrays.sort(sorted);
    if (red == 200 && green == 100 && blue == 50) {
      return "same";
    } else if (red == 55 && green == 155 && blue == 205) {
      return "inverted";
    } else if (red == (float) (0.393 * 200 + 0.769 * 100 + 0.189 * 50)
        && green == (float) (0.349 * 200 + 0.686 * 100 + 0.168 * 50)
        && blue == (float) (0.272 * 200 + 0.534 * 100 + 0.131 * 50)) {
      return "sepia";
    } else if ((red == 0 ? 200 : red) == 200
        && (green == 0 ? 100 : green) == 100
        && (blue == 0 ? 50 : blue) == 50) {
      return "channel gone";
    } else if (Arrays.equals(sorted, new float[] {50, 100, 200})) {
      return "channels moved";
    } else if (Math.abs((red - 200) - (green - 100)) < 1e-3
        && Math.abs((red - 200) - (blue - 50)) < 1e-3) {
      return "brighter or darker";
    }
    boolean whole = red == Math.rint(red) && green == Math.rint(green) && blue == Math.rint(blue);
    return whole ? "hue" : "noise";
  }

  /** One or two rectangles of one colour, in nine of ten images. */
  @Test
  void rectanglesOfOneColourCoverParts() {
    FloatImage black = image(40, 60, 0);
    SplittableRandom random = new SplittableRandom(1);
    int covered = 0;
    int draws = 4_000;
    for (int i = 0; i < draws; i++) {
      float[] changed = ImageChanges.recoloured(black, random).rgb();
      Set<Integer> colours = new HashSet<>();
      int pixels = 0;
      for (int at = 0; at < changed.length; at += 3) {
        int colour = (int) changed[at] << 16 | (int) changed[at + 1] << 8 | (int) changed[at + 2];
        colours.add(colour);
        pixels += colour == 0 ? 0 : 1;
      }
      // Noise and inversion leave other colours behind; they are a quarter at most.
      if (colours.size() == 2 && pixels < changed.length / 3) {
        covered++;
        assertThat(pixels).isLessThanOrEqualTo(2 * 20 * 20);
      }
    }
    assertThat((double) covered / draws).isBetween(0.75, 0.9);
  }

  /**
   * Every pixel of a moved tile comes from somewhere in the image, and most stay. Tiles that the
   * border cuts move its pixels too.
   */
  @Test
  void tilesAreMovedWithinTheImage() {
    int height = 40;
    int width = 60;
    float[] rgb = new float[height * width * 3];
    for (int i = 0; i < height * width; i++) {
      rgb[3 * i] = i / width;
      rgb[3 * i + 1] = i % width;
    }
    FloatImage places = new FloatImage("places", height, width, rgb);
    SplittableRandom random = new SplittableRandom(2);
    int draws = 400;
    int fromTheLastRow = 0;
    for (int draw = 0; draw < draws; draw++) {
      float[] moved = ImageChanges.rearranged(places, random).rgb();
      int changed = 0;
      boolean raised = false;
      for (int i = 0; i < height * width; i++) {
        int dy = (int) moved[3 * i] - i / width;
        int dx = (int) moved[3 * i + 1] - i % width;
        assertThat(Math.abs(dy)).isLessThanOrEqualTo((int) (0.15 * height) + 1);
        assertThat(Math.abs(dx)).isLessThanOrEqualTo((int) (0.15 * width) + 1);
        changed += dy == 0 && dx == 0 ? 0 : 1;
        raised |= dy > 0 && moved[3 * i] == height - 1;
      }
      assertThat(changed).isLessThan(height * width / 2);
      fromTheLastRow += raised ? 1 : 0;
    }
    // Of rectangles that lie whole within the image hardly one in twenty draws would.
    assertThat(fromTheLastRow).isBetween(draws / 8, draws / 3);
    float[] one = ImageChanges.rearranged(places, new SplittableRandom(7)).rgb();
    assertThat(one).isEqualTo(ImageChanges.rearranged(places, new SplittableRandom(7)).rgb());
    assertThat(one).isNotEqualTo(rgb);
  }
}
