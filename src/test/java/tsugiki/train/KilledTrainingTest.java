package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.ChildJvm;

/**
 * A training in a process of its own is killed (SIGKILL) at moments that nobody chose, most of them
 * while a checkpoint is written, and goes on each time.
 */
class KilledTrainingTest {
  private static final int KILLS = 3;
  private static final int STEPS = 40;
  private static final int WIDTH = 100;

  /** The training: a new run or one that goes on. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      train(Path.of(args[0]));
    }
  }

  @Test
  void aTrainingThatIsKilledAgainAndAgainEndsAsAnUnbrokenOne(@TempDir Path folder)
      throws Exception {
    Map<String, float[]> expected = train(folder.resolve("unbroken"));
    Path killed = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom();
    for (int i = 0; i < KILLS; i++) {
      Process process = start(killed);
      awaitALineMoreThan(lines(killed), killed, process);
      Thread.sleep(random.nextInt(300));
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    Process last = start(killed);
    assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).isZero();

    // A finished run does nothing but fill its state again.
    assertThat(train(killed)).usingRecursiveComparison().isEqualTo(expected);
    List<Long> steps =
        RunDirectory.resume(killed).metrics().stream()
            .map(line -> line.path("step"))
            .map(JsonNode::asLong)
            .toList();
    assertThat(steps).containsExactlyElementsOf(LongStream.rangeClosed(1, STEPS).boxed().toList());
  }

  private static Map<String, float[]> train(Path folder) {
    RunDirectory run =
        Files.exists(folder.resolve("options.json"))
            ? RunDirectory.resume(folder)
            : RunDirectory.create(folder, Map.of("steps", STEPS));
    try (TinyTrainee trainee = new TinyTrainee(WIDTH)) {
      TrainingLoop loop = new TrainingLoop(new TrainingLoop.Plan(STEPS, 16, 1, 2), run, trainee);
      loop.run(run.resumed() ? loop.restore() : 0);
      return trainee.values();
    }
  }

  private static Process start(Path folder) throws IOException {
    return ChildJvm.of(
            List.of("-Xmx500m", "--enable-native-access=ALL-UNNAMED"), Main.class, folder)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void awaitALineMoreThan(long lines, Path folder, Process process)
      throws Exception {
    // A resumed run first forgets the lines after its checkpoint, at most one of two.
    while (process.isAlive() && lines(folder) <= lines) {
      Thread.sleep(5);
    }
  }

  private static long lines(Path folder) throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");
    return Files.exists(metrics) ? Files.readString(metrics).lines().count() : 0;
  }
}
