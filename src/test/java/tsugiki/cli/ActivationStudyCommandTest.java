package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.activation.ActivationStudyOptions;
import tsugiki.gan.DcganBookOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** A study of activations of a few steps, whole and broken off; and what it refuses. */
@Tag("slow")
class ActivationStudyCommandTest {
  private static final int IMAGES = 40;
  private static final int SIDE = 28;
  private static final String TINY =
      " --grey --channels 2 --latent 5 --batch 4 --steps 4 --standing-batches 1 --measure-every 1"
          + " --sample-every 2 --score-every 2 --score-images 20 --repeats 1 --device cpu";

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path data;

  /** Bright squares whose place is the digit that they are labelled with. */
  @BeforeAll
  static void makeImagesAsMnistIsPublished() throws IOException {
    data = Files.createDirectory(shared.resolve("mnist"));
    ByteBuffer images = ByteBuffer.allocate(16 + IMAGES * SIDE * SIDE);
    images.putInt(0x803).putInt(IMAGES).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES).putInt(0x801).putInt(IMAGES);
    Random random = new Random(5);
    for (int i = 0; i < IMAGES; i++) {
      labels.put((byte) (i % 10));
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean inside = y / 10 == i % 10 / 4 && x / 7 == i % 10 % 4;
          images.put((byte) (inside ? 150 + random.nextInt(100) : random.nextInt(20)));
        }
      }
    }
    write("train-images-idx3-ubyte.gz", images.array());
    write("train-labels-idx1-ubyte.gz", labels.array());
  }

  private static void write(String name, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(data.resolve(name)))) {
      out.write(content);
    }
  }

  @Test
  void tablesChartsAndRunsOfEveryActivationAndTheSameAgainWhenResumed() throws IOException {
    Path out = folder.resolve("study");
    Path json = folder.resolve("study.json");
    assertThat(study(out, "--dry-run --activations psf" + TINY).succeeds().out())
        .contains("the first training needs at least ", "4 steps: about ");
    assertThat(out).doesNotExist();
    study(out, "--activations lrelu:0.01,psf:0.5 --json " + json + TINY).succeeds();

    for (String file :
        List.of(
            "study.md",
            "differences.csv",
            "report.html",
            "loss_d.png",
            "loss_g.png",
            "classes_kl.png",
            "alpha-psf-0.5.png",
            "samples-over-time.png",
            "psf-0.5-0/model/card.md",
            "lrelu-0.01-0/samples-000002.png")) {
      assertThat(out.resolve(file)).exists();
    }
    assertThat(out.resolve("alpha-lrelu-0.01.png")).doesNotExist();
    assertThat(Files.readString(out.resolve("report.html")).replaceAll("(;base64,)[^\"]+", "$1"))
        .containsSubsequence(
            "<figure class=\"slides\">",
            "<a href=\"lrelu-0.01-0/samples-000000.png\"><img src=\"data:image/",
            "alt=\"psf:0.5, Step 0\"",
            "alt=\"lrelu:0.01, Step 2\"",
            "<figcaption>Step 4</figcaption>",
            "<li><a href=\"lrelu-0.01-0/report.html\">lrelu-0.01-0</a></li>",
            "<li><a href=\"psf-0.5-0/report.html\">psf-0.5-0</a></li>");
    List<String> lines = Files.readAllLines(out.resolve("study.csv"));
    assertThat(lines.get(0))
        .isEqualTo(
            "activation,seed,classes_covered,classes_kl,rarest_class,digits_class_score,fid,kid,"
                + "pairwise,diversity,spacing,near_pairs,near_pairs_pixels,loss_d,"
                + "loss_d_deviation,loss_g,loss_g_deviation,collapsed_at,diverged_at");
    assertThat(lines).hasSize(3);
    assertThat(Files.readAllLines(out.resolve("alphas.csv")))
        .hasSize(2)
        .first()
        .asString()
        .contains("alpha_generator_conv_0", "alpha_discriminator_conv_0");
    assertThat(out.resolve("study.md"))
        .content()
        .contains(
            "| psf:0.5 − lrelu:0.01 |", "## α of every layer at the end", "of the 20 generated")
        .contains("4 generator steps of batch 4 at 28 pixels of mnist, recipe dcgan-book.");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    JsonNode psf = result.at("/generators/1");
    assertThat(psf.at("/name").asText()).isEqualTo("psf:0.5");
    assertThat(psf.at("/classes_covered").asInt()).isBetween(1, 10);
    assertThat(psf.at("/classes_kl").asDouble()).isBetween(0.0, Math.log(10));
    assertThat(psf.at("/near_pairs_pixels").asInt()).isBetween(0, 190);
    assertThat(psf.at("/alpha_generator_conv_0").asDouble()).isCloseTo(0.5, within(0.05));

    // Broken off before the last training: the others are not done again.
    FileTime made = Files.getLastModifiedTime(out.resolve("lrelu-0.01-0/samples.png"));
    FileUtils.deleteDirectory(out.resolve("psf-0.5-0").toFile());
    Program.run("study", "activation", "--resume", out).succeeds();
    assertThat(Files.readAllLines(out.resolve("study.csv"))).isEqualTo(lines);
    assertThat(Files.getLastModifiedTime(out.resolve("lrelu-0.01-0/samples.png"))).isEqualTo(made);

    Files.writeString(out.resolve("inputs.json"), "{\"images\": \"others\"}");
    assertThat(Program.run("study", "activation", "--resume", out, "--repeats", 7).err())
        .contains("--resume " + out + " began with other images");
    assertThat(out.resolve("options.json")).content().doesNotContain("\"repeats\" : 7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--activations psp | --activations is 'psp'; the nearest is psf",
        "--activations psf,psf:0 | --activations is [psf, psf]; name one or more, each once",
        "--activations lrelu,lrelu:0.01 | --activations is [lrelu:0.01, lrelu:0.01]; name one or more",
        "--activations psf:x | where 'x' is no number",
        "--repeats 0 | --repeats is 0",
        "--activation psf | study activation decides --activation by --activations",
        "--recipe biggan --size 32 | --recipe biggan has its activation fixed; give dcgan or dcgan-book",
        "--attention 16 | --recipe dcgan-book makes no use of --attention",
        "--consistency-weight 3 | --consistency-weight needs --augment cr or bcr",
        "--classifier starter | --classifier starter tells the classes n01443537_goldfish",
        "--judge none | --judge names the network none, which does not exist",
        "--taps features,features | --taps is [features, features]; name each once",
        "--classes 0,1 | --classifier digits tells the classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and the data has 0, 1;",
      })
  void aBadFlagIsOneSentence(String flags, String named) {
    Path out = folder.resolve("study");
    study(out, flags).refuses(out, named);
  }

  /** A study is resumed from any folder. */
  @Test
  void networksHaveWholePaths() {
    ActivationStudyOptions options =
        ActivationStudyOptions.defaults(
                GanRunOptions.defaults(data, Execution.here(Device.CPU))
                    .withNetwork(DcganBookOptions.defaults()))
            .withJudge("starter:here")
            .withClassifier("starter:there");
    assertThat(options.judge()).isEqualTo("starter:" + Path.of("here").toAbsolutePath());
    assertThat(options.classifier()).isEqualTo("starter:" + Path.of("there").toAbsolutePath());
  }

  private static Program study(Path out, String flags) {
    String words = "study activation --data %s --out %s %s".formatted(data, out, flags);
    return Program.run((Object[]) words.split(" +"));
  }
}
