package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.data.ImageSource;
import tsugiki.data.TestImages;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class ScoreInputTest {
  @TempDir Path folder;

  @Test
  void theGridOfAGeneratedFolderIsNoImage() {
    write("000000.png", "000001.png", "grid.png");
    try (ScoreInput input = ScoreInput.open(folder)) {
      assertThat(input.images().orElseThrow().names()).containsExactly("000000.png", "000001.png");
      assertThat(input.leftOut().orElseThrow()).contains("grid.png is left out");
    }
  }

  @Test
  void aGridAmongOtherNamesIsAnImage() {
    write("flower.png", "grid.png", "000000.png");
    try (ScoreInput input = ScoreInput.open(folder)) {
      assertThat(input.images().orElseThrow().count()).isEqualTo(3);
      assertThat(input.leftOut()).isEmpty();
    }
  }

  private void write(String... names) {
    for (String name : names) {
      TestImages.write(folder, name, TestImages.png(8, 8, 0xFF0000));
    }
  }

  /** Two chunks, whose statistics are those of all rows. */
  @Test
  void manyImagesBecomeStatisticsWhereTheseSuffice() {
    write("a.png", "b.png", "c.png", "d.png", "e.png", "f.png");
    Features all = SampleFeatures.normal(6, 2, 0, 1);
    ScoreInput.Extraction halves =
        (images, consumer) -> {
          consumer.accept(SampleFeatures.slice(all, 0, 3));
          consumer.accept(SampleFeatures.slice(all, 3, 6));
        };
    try (ScoreInput input = ScoreInput.open(folder)) {
      ScoreSide statistics = input.side(halves, true);
      assertThat(statistics.features()).isEmpty();
      assertThat(statistics.count()).isEqualTo(6);
      assertThat(statistics.statistics().covariance())
          .containsExactly(GaussianStatistics.of(all).covariance(), within(1e-12));
      ScoreSide kept = input.side(halves, false);
      assertThat(kept.features()).contains(all);
      assertThat(kept.name(2)).isEqualTo("c.png");
    }
  }

  @Test
  void fewImagesKeepTheirFeaturesForTheCheapPath() {
    write("a.png", "b.png");
    Features two = SampleFeatures.normal(2, 2, 0, 1);
    try (ScoreInput input = ScoreInput.open(folder)) {
      assertThat(input.side((images, consumer) -> consumer.accept(two), true).features())
          .contains(two);
    }
  }

  @Test
  void featuresAreRowsOfFiniteNumbers() throws IOException {
    Path file = folder.resolve("f.npy");
    NumpyFile.write(file, new float[] {1, 2, 3}, 3);
    refuses(file, "shape [3]");
    NumpyFile.write(file, new float[] {1, Float.NaN}, 1, 2);
    refuses(file, "row 0 (counted from 0) holds NaN");
    NumpyFile.write(file, new float[0], 0, 2);
    refuses(file, "holds no images");
  }

  private static void refuses(Path file, String words) {
    assertThatThrownBy(() -> ScoreInput.open(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(file.toString(), words);
  }

  @Test
  void imagesWithoutTheGridShareTheSource() {
    write("000000.png", "grid.png");
    try (ImageSource source = ImageSource.open(folder)) {
      assertThatThrownBy(() -> source.without(name -> true))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(source.without(name -> name.startsWith("g")).read(0).name())
          .isEqualTo("000000.png");
    }
  }
}
