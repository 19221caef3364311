package tsugiki.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;

class BulkOptionsTest {
  @Test
  void settingsOfSparkMayHoldEqualsSignsAndCommas() {
    List<String> words = List.of("spark.executor.memory=4g", "spark.a.b=-Dx=1,2");
    BulkOptions options = new BulkOptions("local", 256, 2, words);
    assertThat(options.settings())
        .containsEntry("spark.executor.memory", "4g")
        .containsEntry("spark.a.b", "-Dx=1,2");
    assertThat(options.given()).isTrue();
    assertThat(BulkOptions.defaults().given()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.executor.memory", "=4g", "memory=4g", ""})
  void otherWordsAreRefused(String word) {
    assertThatThrownBy(() -> new BulkOptions("local", 256, 2, List.of(word)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("sparkConf '" + word + "' is no setting of Spark");
  }
}
