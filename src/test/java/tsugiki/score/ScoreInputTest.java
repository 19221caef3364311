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
import tsugiki.data.ImageSupply;
import tsugiki.data.TestImages;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class ScoreInputTest {
  @TempDir Path folder;

  @Test
  void theGridOfAGeneratedFolderIsNoImage() {
    write("000000.png", "000001.png", "grid.png");
    try (ScoreInput input = ScoreInput.open(folder)) {
      assertThat(input.imageNames()).containsExactly("000000.png", "000001.png");
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
    Features all = SampleFeatures.normal(6, 2, 0, 1);
    ScoreSide statistics = collected(all, true);
    assertThat(statistics.features()).isEmpty();
    assertThat(statistics.count()).isEqualTo(6);
    assertThat(statistics.statistics().covariance())
        .containsExactly(GaussianStatistics.of(all).covariance(), within(1e-12));
    ScoreSide kept = collected(all, false);
    assertThat(kept.features()).contains(all);
    assertThat(kept.name(2)).isEqualTo("image 2");
  }

  private static ScoreSide collected(Features all, boolean statisticsSuffice) {
    SideCollector side =
        new SideCollector("made up", all.count(), row -> "image " + row, statisticsSuffice);
    side.accept(SampleFeatures.slice(all, 0, all.count() / 2));
    side.accept(SampleFeatures.slice(all, all.count() / 2, all.count()));
    return side.side();
  }

  @Test
  void fewImagesKeepTheirFeaturesForTheCheapPath() {
    Features two = SampleFeatures.normal(2, 2, 0, 1);
    assertThat(collected(two, true).features()).contains(two);
  }

  @Test
  void aLimitTakesTheFirstImagesOrRows() throws IOException {
    write("a.png", "b.png", "c.png");
    try (ScoreInput files = ScoreInput.open(folder).limit(2)) {
      assertThat(files.imageNames()).containsExactly("a.png", "b.png");
    }
    ScoreInput array = ScoreInput.of(ImageSupply.of("three", new byte[3 * 4 * 4 * 3], 4)).limit(2);
    assertThat(array.imageNames()).containsExactly("image 0 of three", "image 1 of three");
    Features all = SampleFeatures.normal(6, 2, 0, 1);
    assertThat(ScoreInput.of(all).limit(4).side().orElseThrow().features())
        .contains(SampleFeatures.slice(all, 0, 4));
    assertThat(ScoreInput.of(all).limit(9).side().orElseThrow().count()).isEqualTo(6);
    ScoreInput statistics = ScoreInput.of(GaussianStatistics.of(all));
    assertThatThrownBy(() -> statistics.limit(4))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("limit takes the first images");
    assertThatThrownBy(() -> statistics.limit(0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("limit is 0");
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
