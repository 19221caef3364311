package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import tsugiki.data.BadImagePolicy;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSource;
import tsugiki.model.FrozenNetwork;
import tsugiki.savedmodel.LoadedFeatures;
import tsugiki.savedmodel.ModelMetadata;

/** The network of digits that ships. */
class ShippedDigitsTest {
  private static final Path MODEL = Path.of("savedmodels/digits");
  private static final int SIDE = 28;

  @Test
  void isSmallAndFoundByItsName() throws IOException {
    assertThat(FileUtils.sizeOfDirectory(MODEL.toFile())).isLessThan(500_000);
    assertThat(Files.readString(MODEL.resolve("card.md"))).contains("99.03 % of the 10,000 test");
    FrozenNetwork network = FrozenNetworks.open("network", "digits", "probabilities");
    assertThat(network.name()).isEqualTo("digits");
    assertThat(network.classNames()).containsExactlyElementsOf(digits());
    assertThat(network.published())
        .as("StarterNetwork.SHIPPED should have %s", network.weightsDigest())
        .isTrue();
    assertThat(network.protocol())
        .isEqualTo(
            "digits features v1, each image resized by itself to 32 pixels, softmax of the logits of 10 classes");
  }

  private static List<String> digits() {
    return IntStream.range(0, 10).mapToObj(Integer::toString).toList();
  }

  /** 99.03 % of all test images; here of every tenth. */
  @Test
  void tellsMnistsTestImages() {
    Path file =
        Path.of(System.getProperty("tsugiki.data", "no-data"), "mnist/t10k-images-idx3-ubyte.gz");
    assumeTrue(Files.exists(file), () -> file + " is not here: set -Dtsugiki.data to run this");
    try (ImageSource source = ImageSource.open(file);
        LoadedFeatures served = new LoadedFeatures(MODEL)) {
      assertThat(ModelMetadata.read(MODEL).classNames()).isEqualTo(source.classNames());
      ImageSet all = ImageSet.load(source, SIDE, BadImagePolicy.FAIL);
      ImageSet some = all.select(IntStream.range(0, 1000).map(i -> 10 * i).toArray());
      assertThat(served.accuracy(some.pixels(), some.labels(), SIDE)).isGreaterThan(0.98);
    }
  }
}
