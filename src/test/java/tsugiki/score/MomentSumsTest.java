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
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class MomentSumsTest {
  /** Rows (0, 1), (2, 1), (4, 7): means 2 and 3, Σ = ((8, 12), (12, 24))/2. */
  @Test
  void equalsTheSumsByHand() {
    Features features =
        SampleFeatures.rows(new float[] {0, 1}, new float[] {2, 1}, new float[] {4, 7});
    GaussianStatistics statistics = new MomentSums(2).add(features).statistics("rows");
    assertThat(statistics.mean()).containsExactly(new double[] {2, 3}, within(1e-14));
    assertThat(statistics.covariance()).containsExactly(new double[] {4, 6, 6, 12}, within(1e-14));
    assertThat(statistics.count()).isEqualTo(3);
  }

  /** 700 images fill chunks of 256, and 300 dimensions two blocks of columns. */
  @Test
  void equalsThePlainSums() {
    Features features = SampleFeatures.normal(701, 300, 5, 1);
    GaussianStatistics statistics = GaussianStatistics.of(features);
    double[] mean = new double[300];
    for (int i = 0; i < 701; i++) {
      for (int k = 0; k < 300; k++) {
        mean[k] += features.get(i, k) / 701.0;
      }
    }
    assertThat(statistics.mean()).containsExactly(mean, within(1e-12));
    for (int[] at : new int[][] {{0, 0}, {3, 299}, {299, 3}, {255, 256}, {299, 299}}) {
      double sum = 0;
      for (int i = 0; i < 701; i++) {
        sum += (features.get(i, at[0]) - mean[at[0]]) * (features.get(i, at[1]) - mean[at[1]]);
      }
      assertThat(statistics.covariance()[at[0] * 300 + at[1]]).isCloseTo(sum / 700, within(1e-12));
    }
  }

  @Test
  void partsMergeIntoTheWhole() {
    Features all = SampleFeatures.normal(500, 10, 100, 1);
    double[] whole = GaussianStatistics.of(all).covariance();
    MomentSums first = new MomentSums(10).add(SampleFeatures.slice(all, 0, 1));
    MomentSums second = new MomentSums(10).add(SampleFeatures.slice(all, 1, 333));
    second.add(SampleFeatures.slice(all, 333, 500));
    GaussianStatistics merged =
        new MomentSums(10).merge(first).merge(second).merge(new MomentSums(10)).statistics("all");
    assertThat(merged.covariance()).containsExactly(whole, within(1e-12));
    assertThat(merged.mean()).containsExactly(GaussianStatistics.of(all).mean(), within(1e-12));
    assertThat(merged.count()).isEqualTo(500);
    assertThat(first.count()).isEqualTo(1);
  }

  @Test
  void partsOfSeveralProcessesMergeToTheVeryBits(@TempDir Path folder) {
    Features all = SampleFeatures.normal(500, 10, 100, 1);
    MomentSums first = new MomentSums(10).add(SampleFeatures.slice(all, 0, 201));
    MomentSums second = new MomentSums(10).add(SampleFeatures.slice(all, 201, 500));
    Path file = folder.resolve("second.npy");
    second.write(file);
    MomentSums apart =
        new MomentSums(10).add(SampleFeatures.slice(all, 0, 201)).merge(MomentSums.read(file));
    GaussianStatistics together = first.merge(second).statistics("together");
    assertThat(apart.count()).isEqualTo(500);
    assertThat(apart.statistics("apart").mean()).containsExactly(together.mean());
    assertThat(apart.statistics("apart").covariance()).containsExactly(together.covariance());
  }

  @Test
  void aFileOfSomethingElseIsNoSums(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.npy");
    for (int rows : new int[] {2, 4}) {
      NumpyFile.write(file, new double[] {1, 2, 3, 4, 5, 6, 0.5, 0}, rows, 8 / rows);
      assertThatThrownBy(() -> MomentSums.read(file))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(file + " holds no sums");
    }
  }

  @Test
  void keepsSmallDeviationsBesideLargeMeans() {
    Features features = SampleFeatures.line(1_000_000, 1_000_001, 1_000_002);
    assertThat(GaussianStatistics.of(features).covariance()).containsExactly(1);
  }

  @Test
  void refusesOneImageAndOtherDimensions() {
    Features one = SampleFeatures.line(1);
    assertThatThrownBy(() -> GaussianStatistics.of(one))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("at least 2 images");
    assertThatThrownBy(() -> new MomentSums(1).add(one).statistics("line"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("line holds 1");
    assertThatThrownBy(() -> new MomentSums(2).add(one))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1 dimensions where 2");
    assertThatThrownBy(() -> new MomentSums(2).merge(new MomentSums(1)))
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void refusesStatisticsThatAreNone() {
    assertThatThrownBy(() -> GaussianStatistics.of("a.npz", 0, new double[2], new double[3]))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a.npz");
    assertThatThrownBy(
            () -> GaussianStatistics.of("a.npz", 0, new double[2], new double[] {1, 0, 1, 1}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("not symmetric");
    assertThatThrownBy(
            () -> GaussianStatistics.of("a.npz", 0, new double[] {Double.NaN}, new double[1]))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("not finite");
  }
}
