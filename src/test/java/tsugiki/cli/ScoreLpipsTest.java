package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.NumpyFile;
import tsugiki.data.TestImages;
import tsugiki.model.Vgg16.Layer;
import tsugiki.pretrained.FormulaVgg16;
import tsugiki.pretrained.LpipsNetworkTest;

/** {@code score --metrics lpips} with weights from formulas, against PyTorch's figure. */
@Tag("slow")
class ScoreLpipsTest {
  private static final int SIDE = 16;

  @TempDir private static Path folder;

  private static String network;
  private static Path samples;

  @BeforeAll
  static void write() throws IOException {
    Path vgg = folder.resolve("vgg.npz");
    FormulaVgg16.upTo(Layer.CONV5_3).writeTorchvision(vgg);
    Path linear = folder.resolve("linear.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(linear))) {
      for (int layer = 0; layer < 5; layer++) {
        float[] weights = LpipsNetworkTest.linear(layer);
        zip.putNextEntry(new ZipEntry("lin" + layer + ".npy"));
        NumpyFile.write(zip, weights, weights.length);
      }
    }
    network = "lpips:" + vgg + "," + linear;
    samples = folder.resolve("samples");
    TestImages.write(samples, "0.png", TestImages.encode(image(0), "png"));
    TestImages.write(samples, "1.png", TestImages.encode(image(1), "png"));
  }

  private static BufferedImage image(int index) {
    float[] pixels = LpipsNetworkTest.pixels();
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int at = (index * SIDE * SIDE + i) * 3;
      int rgb = (int) pixels[at] << 16 | (int) pixels[at + 1] << 8 | (int) pixels[at + 2];
      image.setRGB(i % SIDE, i / SIDE, rgb);
    }
    return image;
  }

  @Test
  void thePairIsAsFarApartAsPyTorchSays() throws IOException {
    JsonNode result = lpips("--generated", samples);
    assertThat(result.path("lpips").asDouble())
        .isCloseTo(LpipsNetworkTest.PYTORCH, withinPercentage(1e-3));
    assertThat(result.has("lpips_within")).isFalse();
    assertThat(result.path("protocol").path("lpips").asText())
        .contains("LPIPS v0.1", "16×16 pixels", "all 1 pairs of all 2 generated images");
    assertThat(result.path("counts").path("lpips_images").asInt()).isEqualTo(2);
    assertThat(result.path("notes")).hasSize(1);
    assertThat(result.path("notes").get(0).asText()).startsWith("lpips: of 2 images");
  }

  @Test
  void clustersLieAroundTheTrainingImages() throws IOException {
    Path one = folder.resolve("one");
    TestImages.write(one, "a.png", TestImages.png(40, 30, 0xAA3311));
    JsonNode result = lpips("--generated", samples, "--real", one, "--lpips-images", 2);
    assertThat(result.path("lpips_within").asDouble())
        .as("both lie in the one cluster")
        .isEqualTo(result.path("lpips").asDouble());
    assertThat(result.path("lpips_cluster_sizes").get(0).asInt()).isEqualTo(2);
    assertThat(result.path("notes").toString()).contains("1 images of another size were cut");
    JsonNode copied = lpips("--generated", samples, "--real", samples);
    assertThat(copied.has("lpips_within")).isFalse();
    assertThat(copied.path("notes").toString()).contains("no training image is the nearest");
  }

  @Test
  void whatCannotBeMeasuredIsOneSentence() throws IOException {
    Path single = folder.resolve("single");
    TestImages.write(single, "a.png", TestImages.png(20, 20, 0));
    refuses("needs at least 2 generated images", "--generated", single);
    Path features = folder.resolve("features.npy");
    NumpyFile.write(features, new float[8], 2, 4);
    refuses("--metrics lpips needs images", "--generated", features);
    refuses("--lpips-images is 1", "--generated", samples, "--lpips-images", 1);
    Path small = folder.resolve("small");
    TestImages.write(small, "a.png", TestImages.png(20, 8, 0));
    TestImages.write(small, "b.png", TestImages.png(20, 8, 1));
    refuses("20×8 pixels, too few for LPIPS", "--generated", small);
    refuses("which is not LPIPS", "--generated", samples, "--lpips-network", "starter");
  }

  private JsonNode lpips(Object... words) throws IOException {
    Path json = folder.resolve("result.json");
    run(json, words).succeeds();
    return new ObjectMapper().readTree(json.toFile());
  }

  private void refuses(String sentence, Object... words) {
    Path unwritten = folder.resolve("unwritten.json");
    run(unwritten, words).refuses(unwritten, sentence);
  }

  private static Program run(Path json, Object... words) {
    Stream<Object> flags = Stream.of("score", "--json", json, "--metrics", "lpips");
    boolean named = Stream.of(words).anyMatch("--lpips-network"::equals);
    Stream<Object> weights = named ? Stream.of() : Stream.of("--lpips-network", network);
    return Program.run(Stream.of(flags, weights, Stream.of(words)).flatMap(each -> each).toArray());
  }
}
