package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.NumpyFile;
import tsugiki.data.TestImages;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/** {@code score --model}, and the flags of both sides. */
class ScoreModelTest {
  @TempDir private static Path folder;

  private static Path model;
  private static Path real;

  @BeforeAll
  static void write() {
    model = folder.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    real = folder.resolve("real");
    for (int i = 0; i < 6; i++) {
      TestImages.write(real, i + ".png", TestImages.png(32, 32, 0x2F1F07 * (i + 1)));
    }
  }

  @Test
  void aModelIsScoredAsTheImagesThatItGenerates() throws IOException {
    JsonNode drawn =
        score("--real", real, "--model", model, "--count", 18, "--truncation", "0.4,none")
            .path("scores");
    assertThat(drawn.fieldNames()).toIterable().containsExactly("0.4", "none");
    for (String truncation : List.of("0.4", "none")) {
      Path images = folder.resolve("images-" + truncation);
      Program.run(
              "generate",
              "--model",
              model,
              "--count",
              18,
              "--truncation",
              truncation,
              "--out",
              images)
          .succeeds();
      JsonNode written = score("--real", real, "--generated", images);
      for (String name : List.of("kmmd", "kid", "starter_class_score_mean")) {
        assertThat(drawn.path(truncation).path(name).asDouble())
            .as("%s at truncation %s", name, truncation)
            .isEqualTo(written.path(name).asDouble());
      }
    }
    assertThat(drawn.path("0.4").path("kmmd")).isNotEqualTo(drawn.path("none").path("kmmd"));
    assertThat(drawn.path("0.4").path("counts").path("generated").asInt()).isEqualTo(18);
    JsonNode usual = score("--real", real, "--model", model, "--count", 18).path("scores");
    assertThat(usual.fieldNames()).toIterable().containsExactly("0.4");
    assertThat(usual.path("0.4").path("kmmd")).isEqualTo(drawn.path("0.4").path("kmmd"));
  }

  @Test
  void aLimitHoldsForBothSides() throws IOException {
    JsonNode counts =
        score("--real", real, "--generated", real, "--limit", 4, "--metrics", "kmmd")
            .path("counts");
    assertThat(counts.path("real").asInt()).isEqualTo(4);
    assertThat(counts.path("generated").asInt()).isEqualTo(4);
  }

  @Test
  void theSpectrumIsThatOfTheImages() throws IOException {
    Path drawn = folder.resolve("drawn");
    Program.run("generate", "--model", model, "--count", 6, "--truncation", "1", "--out", drawn)
        .succeeds();
    JsonNode written = score("--real", real, "--generated", drawn, "--metrics", "spectrum");
    String words = "--metrics spectrum --real %s --model %s --count 6 --truncation 1";
    JsonNode ofModel = score((Object[]) words.formatted(real, model).split(" "));
    assertThat(written.path("spectrum_worst").asDouble()).isGreaterThan(3);
    assertThat(written.path("spectrum_above_3").asDouble()).isBetween(1.0, 32 * 32.0);
    assertThat(written.path("spectrum_worst_at")).hasSize(2);
    assertThat(written.path("counts").toString()).isEqualTo("{\"real\":6,\"generated\":6}");
    assertThat(written.path("protocol").path("spectrum").asText()).contains("images of 32×32");
    assertThat(written.path("notes").toString())
        .contains("spectrum: of 6 images the worst of many frequencies is high by chance");
    for (String name : List.of("spectrum_worst", "spectrum_above_3", "spectrum_worst_at")) {
      assertThat(ofModel.path("scores").path("1").path(name)).isEqualTo(written.path(name));
    }
    JsonNode same = score("--real", drawn, "--generated", drawn, "--metrics", "spectrum,kmmd");
    assertThat(same.path("spectrum_worst").asDouble()).isEqualTo(1);
    assertThat(same.has("kmmd")).isTrue();
    assertThat(score("--real", real, "--generated", drawn).has("spectrum_worst")).isFalse();
  }

  @Test
  void aSpectrumOfOtherThingsIsOneSentence() throws IOException {
    Path features = folder.resolve("features.npy");
    NumpyFile.write(features, new float[8], 2, 4);
    String needed = "--metrics spectrum needs images; give a folder, a zip or an image as --";
    refuses(needed + "real", "--real", features, "--generated", real, "--metrics", "spectrum");
    refuses(needed + "real", "--generated", real, "--metrics", "spectrum");
    refuses(needed + "generated", "--real", real, "--generated", features, "--metrics", "spectrum");
    Path wide = folder.resolve("wide");
    TestImages.write(wide, "a.png", TestImages.png(40, 32, 0));
    refuses(
        "here 32×32, and '" + wide.resolve("a.png") + "' has 40×32 pixels",
        "--real",
        wide,
        "--generated",
        real,
        "--metrics",
        "spectrum");
  }

  @Test
  void flagsThatDoNotGoTogetherAreOneSentence() {
    refuses("--model needs --count", "--real", real, "--model", model);
    refuses("--count is 0", "--real", real, "--model", model, "--count", 0);
    refuses("are for the images of --model", "--real", real, "--generated", real, "--count", 3);
    refuses("leave out --generated", "--generated", real, "--model", model, "--count", 3);
    refuses("--limit is -1", "--real", real, "--generated", real, "--limit", -1);
    refuses(
        "give one --truncation",
        "--real",
        real,
        "--model",
        model,
        "--count",
        3,
        "--truncation",
        "0.4,1",
        "--pairs-out",
        folder.resolve("pairs.png"));
  }

  private static JsonNode score(Object... words) throws IOException {
    Path json = folder.resolve("result.json");
    run(json, words).succeeds();
    return new ObjectMapper().readTree(json.toFile());
  }

  private static void refuses(String sentence, Object... words) {
    Path unwritten = folder.resolve("unwritten.json");
    run(unwritten, words).refuses(unwritten, sentence);
  }

  private static Program run(Path json, Object... words) {
    Stream<Object> flags = Stream.of("score", "--no-cache", "--json", json);
    // Of few images, where all metrics are scored.
    boolean all = Stream.of(words).noneMatch("--metrics"::equals);
    Stream<Object> splits = all ? Stream.of("--splits", 2) : Stream.of();
    return Program.run(Stream.of(flags, splits, Stream.of(words)).flatMap(each -> each).toArray());
  }
}
