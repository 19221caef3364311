package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineChartTest {
  private static final int BLUE = 0x0072b2;
  private static final int VERMILION = 0xd55e00;
  private static final double[] STEPS = IntStream.range(0, 100).asDoubleStream().toArray();

  @TempDir Path folder;

  @Test
  void drawsEachCurveInItsColour() {
    BufferedImage one = losses().draw(800, 400);
    BufferedImage two = losses().series("discriminator", STEPS, values(1.5)).draw(800, 400);

    assertThat(one.getWidth()).isEqualTo(800);
    assertThat(one.getHeight()).isEqualTo(400);
    assertThat(count(one, BLUE)).isGreaterThan(400);
    assertThat(count(one, VERMILION)).isZero();
    assertThat(count(two, VERMILION)).isGreaterThan(400);
  }

  @Test
  void leavesGapsWhereAValueCannotBeShown() {
    double[] values = values(1);
    for (int i = 25; i < 75; i++) {
      values[i] = i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    BufferedImage whole = losses().draw(800, 400);
    BufferedImage broken = chart().series("generator", STEPS, values).draw(800, 400);

    assertThat(count(broken, BLUE)).isBetween(100L, count(whole, BLUE) * 3 / 4);
  }

  @Test
  void drawsAChartWithoutAnyValue() {
    double[] nothing = {Double.NaN, Double.NEGATIVE_INFINITY};

    assertThat(chart().draw(400, 300)).isNotNull();
    assertThat(chart().series("diverged", new double[] {1, 2}, nothing).draw(400, 300)).isNotNull();
  }

  @Test
  void writesAPng() throws IOException {
    Path file = folder.resolve("loss.png");
    losses().write(640, 360, file);

    BufferedImage back = ImageIO.read(file.toFile());
    assertThat(back.getWidth()).isEqualTo(640);
    assertThat(count(back, BLUE)).isGreaterThan(300);
  }

  @Test
  void moreCurvesThanColoursAreDashed() {
    LineChart chart = new LineChart("many", "step", "");
    double[] steps = {0, 20, 40};
    for (int i = 0; i < 8; i++) {
      double height = i;
      chart.series("curve " + i, steps, Arrays.stream(steps).map(x -> height).toArray());
    }
    BufferedImage picture = chart.draw(600, 400);
    // The first and the eighth have the first colour; the plot's left part shows no legend.
    int colour = 0xff0072b2;
    List<Integer> runs = new ArrayList<>();
    for (int y = 0; y < picture.getHeight(); y++) {
      int count = 0;
      for (int x = 0; x < 350; x++) {
        count += picture.getRGB(x, y) == colour ? 1 : 0;
      }
      if (count > 60) {
        runs.add(count);
      }
    }
    assertThat(runs).as("a dashed line has gaps").hasSizeGreaterThanOrEqualTo(2);
    assertThat(Collections.min(runs)).isLessThan(Collections.max(runs) * 3 / 4);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.05", "0.15000000000000002, 0.15", "1e-17, 0", "12000, 12000", "-3, -3"})
  void aTickHasItsZeroAndNoNoise(double value, String label) {
    assertThat(LineChart.label(value)).isEqualTo(label);
  }

  @Test
  void refusesCurvesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chart().series("generator", STEPS, new double[3]))
        .withMessageContaining("100 steps and 3 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> losses().series("generator", STEPS, values(2)))
        .withMessageContaining("already");
  }

  private static LineChart chart() {
    return new LineChart("Losses", "step", "loss");
  }

  private static LineChart losses() {
    return chart().series("generator", STEPS, values(1));
  }

  private static double[] values(double scale) {
    return IntStream.range(0, 100).mapToDouble(i -> scale * (1 + Math.cos(i / 30.0))).toArray();
  }

  private static long count(BufferedImage image, int rgb) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff) == rgb)
        .count();
  }
}
