package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.data.TestImages;
import tsugiki.features.Features;
import tsugiki.runtime.Sessions;

class SpatialPositionsTest {
  @TempDir Path folder;
  private SpatialPositions positions;

  @BeforeEach
  void open() {
    positions = new SpatialPositions(new ColourNetwork(), Sessions.Settings.cpu());
    write("real/a.png", 30, 24, 0x000000);
    write("real/b.png", 24, 24, 0x102030);
    write("fake/a.png", 30, 40, 0x030400);
    write("fake/b.png", 24, 24, 0x102030);
  }

  private void write(String name, int width, int height, int rgb) {
    TestImages.write(folder, name, TestImages.png(width, height, rgb));
  }

  @AfterEach
  void close() {
    positions.close();
  }

  @Test
  void aRowIsAPosition() {
    try (ImageSource real = ImageSource.open(folder.resolve("real"))) {
      Features rows = positions.of(real, 1);
      assertThat(rows.count()).isEqualTo(24 * 24);
      assertThat(rows.select(100).toArray()).containsExactly(0x10, 0x20, 0x30);
    }
  }

  /** Images of one colour differ by their means alone: 3² + 4² for the first pair. */
  @Test
  void imagesArePairedInFileOrderAtTheirOwnSizes() {
    try (ImageSource real = ImageSource.open(folder.resolve("real"));
        ImageSource fake = ImageSource.open(folder.resolve("fake"))) {
      List<FrechetDistance.Result> pairs = positions.distances(real, fake);
      assertThat(pairs.get(0).value()).isCloseTo(25, within(1e-9));
      assertThat(pairs.get(1).value()).isCloseTo(0, within(1e-9));
      List<FrechetDistance.Result> fromOne = positions.distances(real.limit(1), fake);
      assertThat(fromOne).hasSize(2);
      assertThat(fromOne.get(0).value()).isCloseTo(25, within(1e-9));
      assertThatThrownBy(() -> positions.distances(real, fake.limit(1)))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("holds 2", "1", "give as many of both");
    }
  }

  @Test
  void refusesAnImageWithoutTwoPositions() {
    write("small/a.png", 20, 40, 0);
    try (ImageSource small = ImageSource.open(folder.resolve("small"))) {
      assertThatThrownBy(() -> positions.of(small, 0))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("a.png", "20×40");
    }
  }
}
