package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.cluster.StandaloneCluster;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/** Verbs with {@code --master} give what they give without, whoever does the work. */
@Tag("spark")
class SparkVerbsTest {
  private static final int COUNT = 200;
  private static final int MANY = 1500;

  @TempDir private static Path shared;
  private static Path plain;
  private static double plainFid;

  @TempDir private Path folder;

  @BeforeAll
  static void workInOneProcess() throws IOException {
    TinyGenerator.make().writer(Precision.FLOAT).write(shared.resolve("tiny"));
    plain = shared.resolve("plain");
    run(generate(COUNT, plain));
    run(features(shared.resolve("plain.npy")));
    run(score(shared.resolve("plain.json")));
    plainFid = fid(shared.resolve("plain.json"));
    assertThat(plainFid).isPositive();
  }

  private static List<Object> generate(int count, Path out) {
    return List.of("generate", "--model", shared.resolve("tiny"), "--count", count, "--out", out);
  }

  private static List<Object> features(Path out) {
    return List.of("features", "--images", plain, "--no-cache", "--limit", 192, "--out", out);
  }

  private static List<Object> score(Path json) {
    return List.of(
        "score",
        "--real",
        plain,
        "--limit",
        192,
        "--model",
        shared.resolve("tiny"),
        "--count",
        176,
        "--truncation",
        "none",
        "--seed",
        1000,
        "--metrics",
        "fid,class-score",
        "--splits",
        2,
        "--no-cache",
        "--json",
        json);
  }

  private static void run(List<Object> words, Object... more) {
    Stream<Object> all = Stream.concat(words.stream(), Stream.of(more));
    Program program = Program.run(all.toArray());
    assertThat(program.exitCode()).as(program.err()).isZero();
  }

  private static double fid(Path json) throws IOException {
    JsonNode scores = new ObjectMapper().readTree(json.toFile()).path("scores").path("none");
    return scores.path("fid").asDouble(Double.NaN);
  }

  private void givesTheSame(String master) throws IOException {
    Object[] spread = {"--master", master, "--task-images", 16};
    run(generate(COUNT, folder.resolve("images")), spread);
    assertSameFiles(folder.resolve("images"), plain);
    run(features(folder.resolve("features.npy")), spread);
    assertThat(folder.resolve("features.npy")).hasSameBinaryContentAs(shared.resolve("plain.npy"));
    run(score(folder.resolve("scores.json")), spread);
    assertThat(fid(folder.resolve("scores.json"))).isCloseTo(plainFid, within(1e-9 * plainFid));
  }

  private static void assertSameFiles(Path folder, Path expected) throws IOException {
    assertThat(names(folder)).isEqualTo(names(expected));
    for (String name : names(expected)) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void oneThread() throws IOException {
    givesTheSame("local[1]");
  }

  @Test
  void twoThreads() throws IOException {
    givesTheSame("local[2]");
  }

  @Test
  void twoMachinesOfWhichOneDies() throws Exception {
    try (StandaloneCluster cluster = new StandaloneCluster(folder, 2)) {
      givesTheSame(cluster.url());

      Path many = folder.resolve("many");
      Thread killer = new Thread(() -> kill(cluster, many));
      killer.start();
      run(generate(MANY, many), "--master", cluster.url(), "--task-images", 16);
      killer.join();
      assertThat(names(many)).hasSize(MANY + 1);
      Path again = shared.resolve("many");
      run(generate(MANY, again));
      assertSameFiles(many, again);
    }
  }

  @Test
  void aScoreOutlivesAMachine() throws Exception {
    List<Object> words = new ArrayList<>(score(folder.resolve("plain.json")));
    words.set(words.indexOf(176), MANY);
    run(words);
    words.set(words.size() - 1, folder.resolve("spread.json"));
    try (StandaloneCluster cluster = new StandaloneCluster(folder, 2)) {
      Thread killer = new Thread(() -> cluster.killAtWork(0));
      killer.start();
      run(words, "--master", cluster.url(), "--task-images", 16);
      assertThat(killer.isAlive()).as("killed before the end").isFalse();
    }
    double expected = fid(folder.resolve("plain.json"));
    assertThat(fid(folder.resolve("spread.json"))).isCloseTo(expected, within(1e-9 * expected));
  }

  /** Waits until a part of the images is there. */
  private static void kill(StandaloneCluster cluster, Path images) {
    try {
      while (!Files.exists(images) || names(images).size() < MANY / 3) {
        Thread.sleep(20);
      }
      cluster.kill(1);
      assertThat(names(images).size()).as("killed in the middle").isLessThan(MANY);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
