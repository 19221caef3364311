package tsugiki.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tsugiki.base.SystemProperty;

/** What executors get of the settings of the process that starts them. */
@Tag("spark")
class SparkSettingsTest {
  /** The tests themselves run with some of these variables. */
  @Test
  void executorsGetTheEnvironmentThatArithmeticDependsOn() {
    SparkConf conf = SparkSettings.of(SparkMaster.of("local[1]"), BulkOptions.defaults());
    for (String name : new String[] {"TF_ENABLE_ONEDNN_OPTS", "TSUGIKI_REWRITE"}) {
      assertThat(System.getenv(name)).as("the tests set it").isNotNull();
      assertThat(conf.get("spark.executorEnv." + name)).isEqualTo(System.getenv(name));
    }
    assertThat(conf.contains("spark.executorEnv.PATH")).isFalse();
  }

  /** Spark cuts the line at spaces that are not in quotes. */
  @Test
  void theHomeOfExecutorsMayHaveASpace() {
    try (SystemProperty home = new SystemProperty("tsugiki.home", "/opt/my tsugiki")) {
      assertThat(
              SparkSettings.of(SparkMaster.of("spark://localhost:7077"), BulkOptions.defaults())
                  .get("spark.executor.extraJavaOptions"))
          .endsWith(" \"-Dtsugiki.home=/opt/my tsugiki\"");
    }
  }

  @Test
  void whatTheUserSaysOfItCounts() {
    BulkOptions options =
        new BulkOptions("local[1]", 1, 1, List.of("spark.executorEnv.TSUGIKI_REWRITE=set"));
    assertThat(
            SparkSettings.of(SparkMaster.of("local[1]"), options)
                .get("spark.executorEnv.TSUGIKI_REWRITE"))
        .isEqualTo("set");
  }
}
