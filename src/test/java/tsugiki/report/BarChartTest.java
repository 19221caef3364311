package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static final int BLUE = 0x0072b2;
  private static final int VERMILION = 0xd55e00;

  @Test
  void drawsEachSeriesInItsColourAsHighAsItIs() {
    BufferedImage low = chart().series("real", new double[] {1, 0.2, 0.2}).draw(600, 400);
    BufferedImage high = chart().series("real", new double[] {1, 1, 1}).draw(600, 400);
    BufferedImage two =
        chart()
            .series("real", new double[] {1, 1, 1})
            .series("drawn", new double[] {1, 0.5, 1})
            .draw(600, 400);

    assertThat(low.getWidth()).isEqualTo(600);
    assertThat(count(low, BLUE)).isBetween(count(high, BLUE) / 3, count(high, BLUE) * 2 / 3);
    assertThat(count(high, VERMILION)).isZero();
    assertThat(count(two, VERMILION)).isBetween(count(two, BLUE) / 2, count(two, BLUE));
  }

  @Test
  void refusesBarsWithoutACategoryAndANameTwice() {
    assertThatIllegalArgumentException().isThrownBy(() -> chart().series("real", new double[2]));
    BarChart once = chart().series("real", new double[3]);
    assertThatIllegalArgumentException().isThrownBy(() -> once.series("real", new double[3]));
  }

  private static BarChart chart() {
    return new BarChart("classes", "share", List.of("Chihuahua", "Yorkshire terrier", "wig"));
  }

  private static long count(BufferedImage image, int rgb) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) == rgb)
        .count();
  }
}
