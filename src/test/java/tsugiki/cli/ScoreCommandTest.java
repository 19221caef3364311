package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.NumpyFile;
import tsugiki.data.TestImages;
import tsugiki.features.Features;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreNetwork;
import tsugiki.score.ScoreOptions;
import tsugiki.score.Scoring;

class ScoreCommandTest {
  @TempDir Path folder;
  private Path json;
  private Path real;
  private Path fake;

  @BeforeEach
  void write() throws IOException {
    json = folder.resolve("result.json");
    real = features("real.npy", 30, 6, 1);
    fake = features("fake.npy", 20, 6, 2);
  }

  private Path features(String name, int count, int dimensions, long seed) throws IOException {
    Path file = folder.resolve(name);
    NumpyFile.write(file, normal(count * dimensions, seed), count, dimensions);
    return file;
  }

  private static float[] normal(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void filesOfFeaturesGiveEveryComparison() throws IOException {
    Program program = score("--real", real, "--generated", fake).succeeds();
    JsonNode result = result();
    Map<String, Double> figures =
        Scoring.of(
                ScoreInput.of(Features.of("real", normal(30 * 6, 1), 6)),
                ScoreInput.of(Features.of("fake", normal(20 * 6, 2), 6)),
                ScoreNetwork.named("starter"),
                ScoreOptions.defaults())
            .figures();
    for (String name :
        List.of("fid", "kid", "kmmd", "precision", "recall", "density", "coverage", "memorised")) {
      assertThat(result.path(name).asDouble()).as(name).isEqualTo(figures.get(name));
      assertThat(program.out()).contains(name);
    }
    assertThat(result.path("counts").path("real").asInt()).isEqualTo(30);
    assertThat(result.path("counts").path("generated").asInt()).isEqualTo(20);
    assertThat(result.path("protocol").path("kid").asText()).contains("unbiased", "d = 6");
    assertThat(result.path("notes").toString()).contains("not comparable with published FID");
    assertThat(result.path("closest_pairs").get(0).path("generated").asText()).startsWith("row ");
  }

  @Test
  void savedStatisticsStandForTheirImages() throws IOException {
    Path saved = folder.resolve("saved.npz");
    score("--real", real, "--generated", fake, "--metrics", "fid").succeeds();
    double expected = result().path("fid").asDouble();
    score("--real", real, "--save-statistics", saved).succeeds();
    score("--real", saved, "--generated", fake).succeeds();
    assertThat(result().path("fid").asDouble()).isCloseTo(expected, within(1e-9));
    assertThat(result().has("kid")).isFalse();
    score("--real", fake, "--generated", saved, "--metrics", "fid").succeeds();
    assertThat(result().path("fid").asDouble()).isCloseTo(expected, within(1e-9));
    refuses(
        "KID needs the features of every image",
        "--real",
        saved,
        "--generated",
        fake,
        "--metrics",
        "kid");
    refuses(
        "--bootstrap needs the features",
        "--real",
        saved,
        "--generated",
        fake,
        "--metrics",
        "fid",
        "--bootstrap",
        100);
  }

  @Test
  void probabilitiesFromAFileGiveTheInceptionScore() throws IOException {
    Path file = folder.resolve("p.npy");
    NumpyFile.write(file, new float[] {.75f, .25f, .25f, .75f}, 2, 2);
    Path csv = folder.resolve("top.csv");
    Path names = Files.writeString(folder.resolve("names.txt"), "cat\ndog\n");
    score(
            "--probabilities",
            file,
            "--splits",
            1,
            "--metrics",
            "is",
            "--class-names",
            names,
            "--probabilities-out",
            csv)
        .succeeds();
    double divergence = .75 * Math.log(1.5) + .25 * Math.log(.5);
    assertThat(result().path("is_mean").asDouble()).isCloseTo(Math.exp(divergence), within(1e-12));
    assertThat(result().path("is_std").asDouble()).isZero();
    assertThat(Files.readAllLines(csv).get(1)).isEqualTo("row 0,cat,0.75,dog,0.25");
    refuses("in 3 splits from 2 images", "--probabilities", file, "--splits", 3);
    NumpyFile.write(file, new float[] {.75f, .5f, .25f, .75f}, 2, 2);
    refuses("row 0 (counted from 0) has the sum 1.25", "--probabilities", file, "--splits", 1);
    NumpyFile.write(file, new float[] {1.5f, -.5f, .25f, .75f}, 2, 2);
    refuses("holds -0.5", "--probabilities", file, "--splits", 1);
    String sides = " needs --real or --generated";
    refuses("--limit" + sides, "--probabilities", file, "--splits", 1, "--limit", 2);
    refuses("--crop" + sides, "--probabilities", file, "--splits", 1, "--crop", "square");
  }

  @Test
  void imagesOfAnySizesAreScoredAndTheClosestPairsShown() throws IOException {
    Path training = images("training", 5, 40, 30);
    Path samples = images("samples", 4, 24, 24);
    Path pairs = folder.resolve("pairs.png");
    Path classes = folder.resolve("classes.json");
    score(
            "--real",
            training,
            "--generated",
            samples,
            "--no-cache",
            "--neighbours",
            2,
            "--splits",
            2,
            "--pairs-out",
            pairs,
            "--probabilities-out",
            classes)
        .succeeds();
    JsonNode result = result();
    assertThat(result.path("fid").asDouble()).isPositive();
    assertThat(result.has("is_mean")).isFalse();
    assertThat(result.path("notes").toString())
        .contains("40×30 (real) and 24×24 pixels: each is resized by itself");
    score(
            "--real",
            training,
            "--generated",
            samples,
            "--no-cache",
            "--batch",
            1,
            "--metrics",
            "fid,kmmd")
        .succeeds();
    for (String name : List.of("fid", "kmmd")) {
      assertThat(result().path(name).asDouble())
          .as("%s in batches of one", name)
          .isCloseTo(result.path(name).asDouble(), withinPercentage(1e-3));
    }
    assertThat(result.path("starter_class_score_mean").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(result.path("protocol").path("features").asText()).startsWith("starter features");
    assertThat(result.path("closest_pairs").get(0).path("real").asText()).endsWith(".png");
    assertThat(ImageIO.read(pairs.toFile()).getHeight()).isGreaterThan(128);
    JsonNode rows = new ObjectMapper().readTree(classes.toFile());
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).path("classes").get(0).path("name").asText()).startsWith("n0");
    refuses(
        "write --metrics class-score for starter_class_score",
        "--generated",
        samples,
        "--no-cache",
        "--metrics",
        "is");
  }

  @Test
  void imagesThatAreNotSquareAreNamedAndCutWhereThatIsWanted() throws IOException {
    BufferedImage wide = TestImages.noise(48, 32);
    BufferedImage square = wide.getSubimage(8, 0, 32, 32);
    for (String name : List.of("1.png", "2.png")) {
      TestImages.write(folder.resolve("wide"), name, TestImages.encode(wide, "png"));
      TestImages.write(folder.resolve("square"), name, TestImages.encode(square, "png"));
    }
    Object[] sides = {"--real", folder.resolve("wide"), "--generated", folder.resolve("square")};
    score(with(sides, "--metrics", "memorised", "--no-cache")).succeeds();
    assertThat(closest()).isGreaterThan(0.01);
    assertThat(result().path("notes").toString())
        .contains("2 of 2 images are not square: they are squashed into squares");
    score(with(sides, "--metrics", "memorised", "--crop", "square")).succeeds();
    assertThat(closest()).isLessThan(1e-4);
    assertThat(result().path("notes").toString())
        .contains("2 of 2 images are not square: their centred squares are used");
    refuses("--crop square cuts images", "--real", real, "--generated", fake, "--crop", "square");
  }

  private double closest() throws IOException {
    return result().path("closest_pairs").get(0).path("distance").asDouble(Double.NaN);
  }

  private static Object[] with(Object[] some, Object... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray();
  }

  @Test
  void oneImageLeavesWhatItAllowsAndRefusesWhatIsInsistedOn() throws IOException {
    Path one = features("one.npy", 1, 6, 3);
    score("--real", real, "--generated", one).succeeds();
    assertThat(result().has("kmmd")).isTrue();
    assertThat(result().has("fid")).isFalse();
    assertThat(result().path("notes").toString()).contains("'fid' is left out");
    refuses(
        "FID needs at least 2 images per side",
        "--real",
        real,
        "--generated",
        one,
        "--metrics",
        "fid");
    refuses("hold one image each", "--real", one, "--generated", one);
  }

  @Test
  void badInputIsOneSentence() throws IOException {
    refuses("6 dimensions", "--real", real, "--generated", features("wide.npy", 20, 7, 1));
    Path bad = folder.resolve("nan.npy");
    NumpyFile.write(bad, new float[] {1, 2, Float.NaN, 3, 4, 5}, 1, 6);
    refuses("holds NaN in column 2", "--real", real, "--generated", bad);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refuses("holds no image", "--real", empty, "--generated", fake);
    refuses("does not exist", "--real", folder.resolve("none"), "--generated", fake);
    refuses("score has no input");
    refuses("nothing to compare with it", "--real", real);
    refuses("compares two sides", "--generated", fake, "--metrics", "fid,kid");
    refuses(
        "--metrics sifid needs images", "--real", real, "--generated", fake, "--metrics", "sifid");
    refuses(
        "--pairs-out needs images",
        "--real",
        real,
        "--generated",
        fake,
        "--pairs-out",
        folder.resolve("p.png"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kid-subset-size 21 | --kid-subset-size is 21, and there are 30 real and 20 generated",
        "--kid-subsets 0 | --kid-subsets is 0",
        "--kid-subset-size 1 | --kid-subset-size is 1",
        "--bootstrap 5 | --bootstrap is 5",
        "--bootstrap -1 | --bootstrap is -1",
        "--splits 0 | --splits is 0",
        "--neighbours 0 | --neighbours is 0",
        "--neighbours 20 --metrics prdc | 20 neighbours needs at least 21 images",
        "--kmmd-sigmas 0 | --kmmd-sigmas is 0",
        "--kmmd-bandwidths -1 | --kmmd-bandwidths is -1",
        "--kmmd-sigmas 1 --kmmd-bandwidths 2 | leave one out",
        "--metrics fidd | 'fidd' is unknown; choose one of fid, kid, kmmd, prdc, memorised, is, class-score",
        "--save-statistics a.txt | --save-statistics a.txt is no .npz file",
        "--metrics is | give --probabilities",
        "--metrics fid --kid-subsets 2 | --kid-subsets needs --metrics kid;",
        "--metrics fid --kid-subset-size 9 | --kid-subset-size needs --metrics kid;",
        "--metrics kid --kmmd-sigmas 2 | --kmmd-sigmas needs --metrics kmmd;",
        "--metrics kid --kmmd-bandwidths 2 | --kmmd-bandwidths needs --metrics kmmd;",
        "--metrics fid --neighbours 4 | --neighbours needs --metrics prdc;",
        "--metrics fid --splits 2 | --splits needs --metrics is or class-score;",
        "--metrics fid --shuffle | --shuffle needs --metrics is or class-score;",
        "--lpips-images 9 | --lpips-images needs --metrics lpips;",
        "--metrics fid --lpips-network lpips | --lpips-network needs --metrics lpips;",
        "--threads 2 --task-images 9 | --threads, --task-images needs --master;",
      })
  void wrongFlagsAreOneSentence(String flags, String words) {
    refuses(
        words,
        Stream.concat(
                Stream.of("--real", real, "--generated", fake), Arrays.stream(flags.split(" ")))
            .toArray());
  }

  private Path images(String name, int count, int width, int height) throws IOException {
    Path images = folder.resolve(name);
    for (int i = 0; i < count; i++) {
      int side = width + i % 2;
      TestImages.write(
          images, i + ".png", TestImages.png(side, height, 0x3F1F07 * (i + 1) & 0xFFFFFF));
    }
    return images;
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(json.toFile());
  }

  private Program score(Object... words) {
    return Program.run(
        Stream.concat(Stream.of("score", "--json", json), Stream.of(words)).toArray());
  }

  private void refuses(String sentence, Object... words) {
    Path unwritten = folder.resolve("unwritten.json");
    Program.run(Stream.concat(Stream.of("score", "--json", unwritten), Stream.of(words)).toArray())
        .refuses(unwritten, sentence);
  }
}
