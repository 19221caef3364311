package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.NumpyFile;
import tsugiki.data.TestImages;

class FeaturesCommandTest {
  @TempDir Path folder;
  private Path images;
  private Path out;

  @BeforeEach
  void write() {
    images = folder.resolve("images");
    out = folder.resolve("features.npy");
    TestImages.write(images, "b.png", TestImages.png(20, 30, 0xFF0000));
    TestImages.write(images, "a/c.png", TestImages.png(8, 8, 0x00FF00));
    TestImages.write(images, "a/d.png", TestImages.png(20, 30, 0xFF0000));
  }

  @Test
  void writesOneRowAnImageInTheOrderOfTheNames() throws IOException {
    Path json = folder.resolve("result.json");
    Program.run(
            "features",
            "--images",
            images,
            "--no-cache",
            "--batch",
            2,
            "--out",
            out,
            "--json",
            json)
        .succeeds();
    NumpyFile file = NumpyFile.read(out);
    int dimensions = file.shape()[1];
    assertThat(file.shape()[0]).isEqualTo(3);
    float[] values = file.floats();
    // a/c.png is another image than a/d.png, which is the same as b.png.
    assertThat(row(values, dimensions, 0)).isNotEqualTo(row(values, dimensions, 1));
    // They are in batches of two and of one, whose sums may have another order.
    assertThat(row(values, dimensions, 1))
        .containsExactly(row(values, dimensions, 2), Offset.offset(1e-5f));
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.path("count").asInt()).isEqualTo(3);
    assertThat(result.path("dimensions").asInt()).isEqualTo(dimensions);
    assertThat(result.path("network").asText()).isEqualTo("starter");
    assertThat(result.path("protocol").asText()).startsWith("starter features");
  }

  @Test
  void aLimitTakesTheFirst() {
    Program.run("features", "--images", images, "--no-cache", "--limit", 1, "--out", out)
        .succeeds();
    assertThat(NumpyFile.read(out).shape()[0]).isEqualTo(1);
  }

  @Test
  void featuresOfPhotographsEqualPythons() {
    Path data = Path.of(System.getProperty("tsugiki.data", "none"));
    Path golden = data.resolve("golden/features_768_passion100.npy");
    assumeTrue(Files.exists(golden), () -> golden + " is not here; set -Dtsugiki.data to have it");
    String network = "inception-folded:" + data.resolve("inception-2015-folded");
    Program.run(
            "features",
            "--images",
            data.resolve("passion-flower"),
            "--no-cache",
            "--network",
            network,
            "--tap",
            768,
            "--limit",
            3,
            "--out",
            out)
        .succeeds();
    float[] expected = Arrays.copyOf(NumpyFile.read(golden).floats(), 3 * 768);
    assertThat(NumpyFile.read(out).floats()).containsExactly(expected, Offset.offset(1e-4f));
  }

  @Test
  void badInputIsOneSentenceAndNothingIsWritten() {
    refuses("--batch is 0", "--images", images, "--batch", 0);
    refuses("--limit is -1", "--images", images, "--limit", -1);
    refuses("--threads needs --master", "--images", images, "--threads", 2);
    refuses("does not exist", "--images", folder.resolve("none"));
    refuses("--network names the network vgg", "--images", images, "--network", "vgg");
    Path bad = TestImages.write(images, "z.png", new byte[] {1});
    refuses(bad.toString(), "--images", images);
    Path own = TestImages.write(folder, "own.png", TestImages.png(2, 2, 0));
    Program.run("features", "--images", own, "--out", own)
        .refuses(folder.resolve("none"), "own.png is no .npy file");
    refuses("is also --out; name another", "--images", images, "--json", out);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("images", "own.png");
    assertThat(own).isRegularFile();
  }

  private void refuses(String sentence, Object... words) {
    Object[] verb = {"features", "--no-cache", "--out", out};
    Object[] all = Arrays.copyOf(verb, verb.length + words.length);
    System.arraycopy(words, 0, all, verb.length, words.length);
    Program.run(all).refuses(out, sentence);
  }

  private static float[] row(float[] values, int dimensions, int row) {
    return Arrays.copyOfRange(values, row * dimensions, (row + 1) * dimensions);
  }
}
