package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.score.Memorisation;

class NearestImagesTest {
  private static final int SIDE = 4;

  private static byte[] grey(int value) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    Arrays.fill(rgb, (byte) value);
    return rgb;
  }

  @Test
  void aSampleStandsAtTheLeftOfItsTrainingImageAndSixteenPairsAreShown() {
    ImageSet training =
        ImageSet.of(
            IntStream.range(0, 3)
                .mapToObj(i -> new RgbImage("image" + i, SIDE, SIDE, grey(100 + i)))
                .toList(),
            "all");
    byte[] samples = new byte[2 * SIDE * SIDE * 3];
    System.arraycopy(grey(11), 0, samples, SIDE * SIDE * 3, SIDE * SIDE * 3);
    List<Memorisation.Pair> pairs =
        IntStream.range(0, 20).mapToObj(i -> new Memorisation.Pair(1, 2, i, 1)).toList();

    BufferedImage picture = NearestImages.picture(samples, training, pairs);

    // Four pairs in a row, four rows.
    int width = picture.getWidth() / 4;
    int middle = picture.getHeight() / 8;
    assertThat(picture.getRGB(width / 4 + 4, middle) & 0xff).isEqualTo(11);
    assertThat(picture.getRGB(3 * width / 4 + 4, middle) & 0xff).isEqualTo(102);
    int bottom = picture.getHeight() - middle;
    assertThat(picture.getRGB(picture.getWidth() - width / 4, bottom) & 0xff).isEqualTo(102);
  }
}
