package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.ChildJvm;

/**
 * More images than fit into memory. The number of images to generate is the property {@code
 * tsugiki.images}; two cores do about 200 a second.
 */
@Tag("spark-large")
class LargeBulkTest {
  private static final List<String> JVM =
      List.of(
          // It runs for minutes.
          "-XX:TieredStopAtLevel=4",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
          "-Djava.awt.headless=true",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  @TempDir private Path folder;

  /** Runs a verb in a process with a heap of its own; the memory of the process in MiB by time. */
  private List<Long> run(String heap, Object... words) throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(List.of("-Xmx" + heap));
    flags.addAll(JVM);
    ProcessBuilder builder = ChildJvm.of(flags, Tsugiki.class, words);
    Path log = folder.resolve("log.txt");
    Process process = builder.redirectOutput(log.toFile()).start();
    List<Long> mebibytes = new ArrayList<>();
    while (!process.waitFor(2, TimeUnit.SECONDS)) {
      Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .forEach(line -> mebibytes.add(Long.parseLong(line.replaceAll("\\D", "")) >> 10));
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return mebibytes;
  }

  @Test
  void filesOfFourTimesTheHeapAreStreamed() throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    Random random = new Random(1);
    BufferedImage image = new BufferedImage(1024, 1024, BufferedImage.TYPE_3BYTE_BGR);
    long bytes = 0;
    for (int i = 0; bytes < 4L << 30; i++) {
      byte[] row = new byte[1024 * 3];
      for (int y = 0; y < 1024; y++) {
        random.nextBytes(row);
        image.getRaster().setDataElements(0, y, 1024, 1, row);
      }
      Path file = images.resolve("%05d.bmp".formatted(i));
      ImageIO.write(image, "bmp", file.toFile());
      bytes += Files.size(file);
    }
    Path plain = folder.resolve("plain.npy");
    Path spread = folder.resolve("spread.npy");
    Object[] words = {"features", "--images", images, "--no-cache", "--out"};
    report("features of 4 GiB in this process", run("1g", with(words, plain)));
    report(
        "features of 4 GiB with Spark",
        run("1g", with(words, spread, "--master", "local[1]", "--task-images", 64)));
    assertThat(Files.size(spread)).isEqualTo(Files.size(plain));
    Path json = folder.resolve("score.json");
    report(
        "score of 4 GiB against itself",
        run(
            "1g",
            "score",
            "--real",
            images,
            "--generated",
            images,
            "--no-cache",
            "--metrics",
            "fid",
            "--json",
            json));
    assertThat(new ObjectMapper().readTree(json.toFile()).path("fid").asDouble(1)).isLessThan(1e-6);
  }

  private static Object[] with(Object[] words, Object... more) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void imagesAreGeneratedAndScoredWithoutAFileInConstantMemory() throws Exception {
    int count = Integer.getInteger("tsugiki.images", 100_000);
    Path json = folder.resolve("score.json");
    long start = System.nanoTime();
    List<Long> memory =
        run(
            "512m",
            "score",
            "--real",
            Path.of("src/examples/painted-flowers"),
            "--model",
            "savedmodels/starter-64",
            "--count",
            count,
            "--truncation",
            "none",
            "--metrics",
            "fid,class-score",
            "--master",
            "local[2]",
            "--json",
            json);
    double seconds = (System.nanoTime() - start) / 1e9;
    report("%d images in %.0f s, %s".formatted(count, seconds, Files.readString(json)), memory);
    int half = memory.size() / 2;
    long before = most(memory.subList(half / 4, half));
    long after = most(memory.subList(half, memory.size()));
    assertThat(after).as("memory of the second half, MiB").isLessThan(before + 40);
  }

  private static long most(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static void report(String what, List<Long> memory) {
    System.out.printf(
        "%s: at most %d MiB, at the end %d%n", what, most(memory), memory.get(memory.size() - 1));
  }
}
