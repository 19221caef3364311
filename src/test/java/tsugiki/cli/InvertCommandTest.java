package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.NumpyFile;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

@Tag("slow")
class InvertCommandTest {
  @TempDir static Path models;
  private static Path model;
  private static Path image;

  @TempDir Path folder;

  /** A model, and an image of it that none of the search's candidates gives. */
  @BeforeAll
  static void write() {
    model = models.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    Path own = models.resolve("own");
    Program.run("generate", "--model", model, "--seeds", 1001, "--class", "lily", "--out", own)
        .succeeds();
    image = own.resolve("000000.png");
  }

  @Test
  void theSearchComesNearerThanItsCandidates() throws IOException {
    double candidate = l1("none", 0);
    double found = l1("found", 60);
    assertThat(found).isLessThan(0.6 * candidate);
  }

  /** What it writes belongs together: the model draws image.png from latent.npy. */
  @Test
  void theLatentVectorGivesTheImage() throws IOException {
    l1("found", 10);
    NumpyFile latent = NumpyFile.read(folder.resolve("found/latent.npy"));
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      assertThat(latent.shape()).containsExactly(1, generator.latent());
      byte[] drawn = generator.images(latent.floats(), new long[] {2});
      int[] written = Pixels.of(folder.resolve("found/image.png"));
      for (int i = 0; i < written.length; i++) {
        assertThat((double) (written[i] & 255))
            .as("blue of pixel %d", i)
            .isCloseTo(drawn[3 * i + 2] & 255, offset(1.0));
      }
    }
  }

  /**
   * A graft's model keeps the vectors of its images, and one of them is where the search begins.
   */
  @Test
  void learnedLatentVectorsAreCandidates() throws IOException {
    Path learned = folder.resolve("learned");
    TinyGenerator generator = TinyGenerator.make();
    float[] latents = LatentDraws.normal(generator.architecture().latent(), 0.4, 7, 1001, 9);
    generator.writer(Precision.FLOAT).withLatents(latents).write(learned);
    Path json = folder.resolve("result.json");
    Program.run(
            "invert",
            "--model",
            learned,
            "--image",
            image,
            "--class",
            "lily",
            "--steps",
            0,
            "--json",
            json,
            "--out",
            folder.resolve("known"))
        .succeeds();
    assertThat(read(json).get("l1").asDouble()).isLessThan(0.01);
  }

  /** Each with the class of its seed, as generate draws it. */
  @Test
  void withoutAClassTheCandidatesHaveThatOfTheirSeeds() throws IOException {
    Path drawn = folder.resolve("drawn");
    Program.run("generate", "--model", model, "--seeds", 1, "--truncation", 1, "--out", drawn)
        .succeeds();
    Path json = folder.resolve("result.json");
    invert(folder.resolve("found"), drawn.resolve("000000.png"), 0, "--json", json).succeeds();
    assertThat(read(json).get("label").asInt()).as("tulip").isEqualTo(1);
    assertThat(read(json).get("l1").asDouble()).isLessThan(0.01);
  }

  @Test
  void wrongInputIsOneSentence() throws IOException {
    Path out = folder.resolve("out");
    invert(out, models.resolve("absent.png"), 1).refuses(out, "absent.png");
    Path two = Files.createDirectory(folder.resolve("two"));
    Files.copy(image, two.resolve("a.png"));
    Files.copy(image, two.resolve("b.png"));
    invert(out, two, 1).refuses(out, "--image", "holds 2 images; name one image");
    Program.run("invert", "--model", model, "--out", out, "--image", image, "--class", "oak")
        .refuses(out, "--class oak is no class");
  }

  private double l1(String name, int steps) throws IOException {
    Path json = folder.resolve(name + ".json");
    invert(folder.resolve(name), image, steps, "--class", "lily", "--json", json).succeeds();
    return read(json).get("l1").asDouble();
  }

  private static Program invert(Path out, Path photograph, int steps, Object... more) {
    List<Object> words = new ArrayList<>(List.of("invert", "--model", model));
    words.addAll(List.of("--image", photograph, "--steps", steps, "--out", out));
    words.addAll(List.of(more));
    return Program.run(words.toArray());
  }

  private static JsonNode read(Path json) throws IOException {
    return new ObjectMapper().readTree(json.toFile());
  }
}
