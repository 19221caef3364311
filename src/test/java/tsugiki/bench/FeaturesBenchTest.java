package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.model.InceptionV3.Tap;
import tsugiki.runtime.Sessions;

@Tag("slow")
class FeaturesBenchTest {
  /** Stands in for Python: gives TensorFlow's features as those of a file, PyTorch's of another. */
  private static final String SCRIPT =
      """
      for word; do case $word in
        --json=*) json=${word#--json=};; --features=*) features=${word#--features=};;
        --library=*) library=${word#--library=};; --arrays=*) arrays=${word#--arrays=};;
        --images=*) images=${word#--images=};;
      esac; done
      test -s "$arrays" && test -s "$images/00001.png" || exit 3
      test "$CUDA_VISIBLE_DEVICES" = -1 || exit 4
      cp "$(dirname "$0")/$library-features.npy" "$features"
      echo '{"ms_median": 1e9, "ms_min": 1, "ms_max": 3, "cpu_ms_median": 2,
             "images_per_second": 4, "peak_rss_mib": 5, "tap": 768}' > "$json"
      """;

  @TempDir Path folder;

  @Test
  void measuresAndComparesThePeersByTheirFeatures() throws IOException {
    FeaturesBench.Settings settings =
        new FeaturesBench.Settings(2, 2, 1, Tap.MIXED_768, 1, Sessions.Settings.cpu());
    Files.writeString(folder.resolve("features.py"), SCRIPT);
    Path shell = Path.of("/bin/sh");
    try (FeaturesBench bench = new FeaturesBench(settings, folder.resolve("work"))) {
      FeaturesResult alone = bench.run();
      assertThat(alone.work()).isEqualTo("features");
      assertThat(alone.msMin()).isPositive().isLessThanOrEqualTo(alone.msMedian());
      assertThat(alone.imagesPerSecond()).isEqualTo(2000 / alone.msMedian());
      assertThat(alone.agrees()).isTrue();

      float[] features = bench.features().toArray();
      NumpyFile.write(folder.resolve("tensorflow-features.npy"), features, 2, 768);
      features[800] = Float.NaN;
      NumpyFile.write(folder.resolve("pytorch-features.npy"), features, 2, 768);
      FeaturesResult result = bench.run(shell, folder);
      assertThat(result.peers()).containsOnlyKeys("pytorch", "tensorflow");
      assertThat(result.peers().get("tensorflow").greatestDifference()).isZero();
      assertThat(result.peers().get("tensorflow").ratio()).isEqualTo(1e9 / result.msMedian());
      assertThat(result.peers().get("pytorch").greatestDifference()).isNaN();
      assertThat(result.agrees()).isFalse();

      Files.writeString(folder.resolve("features.py"), "echo no module named torch; exit 1");
      assertThatThrownBy(() -> bench.run(shell, folder))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("no module named torch");
    }
  }
}
