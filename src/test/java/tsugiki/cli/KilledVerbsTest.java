package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.base.ChildJvm;
import tsugiki.train.BrokenRun;

/**
 * Every verb that trains, as a user starts it, killed (SIGKILL, or Ctrl-C's SIGINT) at random
 * moments that a seed fixes, every second time while a checkpoint is written. It goes on each time
 * and ends as one that nobody has killed, to the bit.
 */
@Tag("slow")
class KilledVerbsTest {
  private static final long SEED = 16;

  /** Of a run that is killed once: of each stage, where there are several. */
  private static final int FEW_STEPS = 8;

  /** In the profile, four verbs together are killed so often. */
  private static final int OFTEN = 5;

  /** The latest moment of a kill after the first new step, in milliseconds. */
  private static final int LATEST = 600;

  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void makeInput() {
    TrainingVerb.makeInput(shared);
  }

  @ParameterizedTest
  @EnumSource
  void aVerbThatIsKilledEndsAsAnUnbrokenOne(TrainingVerb verb) throws Exception {
    assertThat(killed(verb, 1, "KILL")).isEqualTo(1);
  }

  @Tag("faults")
  @ParameterizedTest
  @EnumSource
  void aVerbThatIsKilledAgainAndAgainEndsAsAnUnbrokenOne(TrainingVerb verb) throws Exception {
    assertThat(killed(verb, OFTEN, "KILL")).isPositive();
  }

  /** By Ctrl-C: in steps, between them, in a study's scores and while the model is written. */
  @Tag("faults")
  @ParameterizedTest
  @EnumSource
  void aVerbThatIsStoppedAgainAndAgainSaysHowItGoesOnAndEndsAsAnUnbrokenOne(TrainingVerb verb)
      throws Exception {
    assertThat(killed(verb, OFTEN, "INT")).isPositive();
  }

  /** Kills a run and compares it with an unbroken one; gives how often it was killed. */
  private int killed(TrainingVerb verb, int times, String signal) throws Exception {
    Path whole = folder.resolve("whole");
    Program.run(begin(verb, whole, times)).succeeds();
    Path out = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(SEED + verb.ordinal());
    int killed = 0;
    int inCheckpoint = 0;
    for (int i = 0; i < times; i++) {
      Path run = verb.run(out);
      Process process =
          start(Files.exists(run) ? verb.resume(out).toArray() : begin(verb, out, times));
      long before = BrokenRun.lines(run);
      ChildJvm.await(process, 120, () -> BrokenRun.lines(run) > before);
      if (i % 2 == 1) {
        ChildJvm.await(process, 5, () -> writesCheckpoint(run));
      } else {
        Thread.sleep(random.nextInt(times == 1 ? LATEST / 4 : LATEST));
      }
      long said = Files.size(out());
      ChildJvm.signal(process, signal);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      if (process.exitValue() != 0) {
        killed++;
        if (signal.equals("INT")) {
          assertThat(process.exitValue()).isEqualTo(128 + 2);
          assertThat(Files.readString(out()).substring((int) said))
              .containsAnyOf(
                  "; go on with tsugiki " + String.join(" ", verb.resume(out)), " is in ");
        }
        inCheckpoint += writesCheckpoint(run) ? 1 : 0;
      }
    }
    System.out.printf(
        "%s: killed %d times, %d of them while a checkpoint was written%n",
        verb, killed, inCheckpoint);

    Program.run(verb.resume(out).toArray()).succeeds();
    assertThat(BrokenRun.measured(verb.run(out))).isEqualTo(BrokenRun.measured(verb.run(whole)));
    for (String weights : List.of("variables.index", "variables.data-00000-of-00001")) {
      Path file = Path.of("model", "variables", weights);
      assertThat(verb.run(out).resolve(file)).hasSameBinaryContentAs(verb.run(whole).resolve(file));
    }
    if (verb == TrainingVerb.STUDY) {
      assertThat(Files.readAllLines(out.resolve("study.csv")))
          .isEqualTo(Files.readAllLines(whole.resolve("study.csv")));
    }
    return killed;
  }

  private static Object[] begin(TrainingVerb verb, Path out, int times) {
    List<String> words = verb.begin(shared, out);
    if (times == 1) {
      words.addAll(List.of("--steps", Integer.toString(FEW_STEPS)));
    }
    return words.toArray();
  }

  private Process start(Object... words) throws IOException {
    return ChildJvm.interruptible(ChildJvm.of(List.of("-Xmx500m"), Tsugiki.class, words))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(out().toFile()))
        .start();
  }

  private Path out() {
    return folder.resolve("out.txt");
  }

  /** Whether a checkpoint is there that is not in force yet. */
  private static boolean writesCheckpoint(Path run) {
    File[] all = run.resolve("checkpoints").toFile().listFiles(File::isDirectory);
    try {
      String latest = Files.readString(run.resolve("checkpoints/latest")).strip();
      return all != null && Arrays.stream(all).anyMatch(f -> f.getName().compareTo(latest) > 0);
    } catch (IOException e) {
      return all != null && all.length > 0;
    }
  }
}
