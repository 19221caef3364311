package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightHistogramsTest {
  @ParameterizedTest
  @CsvSource({
    "generator/block_0/conv_1/kernel, W/generator/block_0/conv_1",
    "generator/block_0/norm_0/gain/kernel, gamma/generator/block_0/norm_0",
    "features/stem/norm/gain, gamma/features/stem/norm",
    "generator/attention/gamma, gamma/generator/attention",
    "generator/conv_0/alpha, alpha/generator/conv_0",
    "kernel, W/network",
    "generator/linear/bias, ",
    "discriminator/table, "
  })
  void aTagSaysTheKindFirstAndThenThePlace(String name, String tag) {
    assertThat(WeightHistograms.tag(name).orElse(null)).isEqualTo(tag);
  }
}
