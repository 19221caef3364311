package tsugiki.painting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.base.StatelessRandom;
import tsugiki.data.BadImagePolicy;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSource;

class ShapePainterTest {
  private static final int SIZE = 32;

  @TempDir private Path folder;

  @Test
  void tenClassesInTheOrderOfTheirNames() {
    ImageSet images = ShapePainter.paint(3, SIZE, 1);
    assertThat(images.classNames()).hasSize(10).isSorted().doesNotHaveDuplicates();
    assertThat(images.count()).isEqualTo(30);
    assertThat(images.labels()).startsWith(0, 0, 0, 1).endsWith(8, 9, 9, 9);
    assertThat(images.names()).startsWith("arrow/0000.png", "arrow/0001.png");
  }

  @Test
  void theSeedDecidesEveryPixelAndMoreImagesChangeNoneOfTheFirst() {
    ImageSet few = ShapePainter.paint(2, SIZE, 1);
    ImageSet many = ShapePainter.paint(3, SIZE, 1);
    assertThat(ShapePainter.paint(2, SIZE, 1).pixels()).isEqualTo(few.pixels());
    assertThat(ShapePainter.paint(2, SIZE, 2).pixels()).isNotEqualTo(few.pixels());
    assertThat(many.image(3).rgb()).isEqualTo(few.image(2).rgb());
  }

  @Test
  void everyThingIsDarkOnLightAndHasAnUpperAndALowerEnd() {
    for (PaintedShape shape : PaintedShape.values()) {
      double[] dark = new double[SIZE * SIZE];
      for (int i = 0; i < 8; i++) {
        byte[] rgb = ShapePainter.rgb(shape, SIZE, StatelessRandom.of(3, i, "test"));
        for (int p = 0; p < dark.length; p++) {
          int sum = 0;
          for (int c = 0; c < 3; c++) {
            sum += Byte.toUnsignedInt(rgb[3 * p + c]);
          }
          dark[p] += sum < 300 ? 1.0 / 8 : 0;
        }
      }
      double difference = 0;
      for (int p = 0; p < dark.length; p++) {
        int below = (SIZE - 1 - p / SIZE) * SIZE + p % SIZE;
        difference += Math.abs(dark[p] - dark[below]) / dark.length;
      }
      double covered = Arrays.stream(dark).average().orElseThrow();
      assertThat(covered).as(shape.toString()).isBetween(0.05, 0.6);
      assertThat(difference).as(shape.toString()).isGreaterThan(0.2 * covered);
    }
  }

  @Test
  void theProgramWritesOneFolderAClassWithTheSamePictures() throws Exception {
    PaintShapes.main(new String[] {folder.toString(), "2", "16", "5"});
    try (ImageSource source = ImageSource.open(folder)) {
      ImageSet written = ImageSet.load(source, 16, BadImagePolicy.FAIL);
      ImageSet painted = ShapePainter.paint(2, 16, 5);
      assertThat(written.names()).isEqualTo(painted.names());
      assertThat(written.labels()).isEqualTo(painted.labels());
      assertThat(Arrays.equals(written.pixels(), painted.pixels())).isTrue();
    }
  }

  @Test
  void otherArgumentsAreRefused() {
    assertThatThrownBy(() -> PaintShapes.main(new String[] {"folder", "many", "16", "5"}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("FOLDER EACH SIZE SEED");
  }
}
