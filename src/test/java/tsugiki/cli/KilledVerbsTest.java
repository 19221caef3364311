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

  /** Of a run that is killed often: enough that it is not over before the last kill. */
  private static final int MANY_STEPS = 45;

  private static final int STAGES = 3;

  /** In the profile, a run is killed so often. */
  private static final int OFTEN = 5;

  /** The new steps of a run until it is killed, at most. */
  private static final int MOST_STEPS = 3;

  /** From a step to a kill, in milliseconds: into the next step, or its checkpoint. */
  private static final int LATEST = 50;

  /** From the last step to a kill: into the scores, the report or the model. */
  private static final int LATEST_AT_END = 600;

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private Path whole;
  private SplittableRandom random;
  private int steps;
  private int killed;
  private int inCheckpoint;

  /** Waits for the moment of a kill. */
  private interface Moment {
    /**
     * Returns when it has come.
     *
     * @param before lines of measurements that the run had when the process began
     */
    void await(Process process, Path run, long before) throws InterruptedException;
  }

  @BeforeAll
  static void makeInput() {
    TrainingVerb.makeInput(shared);
  }

  @ParameterizedTest
  @EnumSource
  void aVerbThatIsKilledEndsAsAnUnbrokenOne(TrainingVerb verb) throws Exception {
    beginsUnbroken(verb, FEW_STEPS);
    isKilled(verb, 1, "KILL");
    endsAsUnbroken(verb);
  }

  @Tag("faults")
  @ParameterizedTest
  @EnumSource
  void aVerbThatIsKilledAgainAndAgainEndsAsAnUnbrokenOne(TrainingVerb verb) throws Exception {
    beginsUnbroken(verb, manySteps(verb));
    isKilled(verb, OFTEN, "KILL");
    for (int i = 0; i < OFTEN && inCheckpoint == 0; i++) {
      isKilled(verb, "KILL", KilledVerbsTest::inCheckpoint);
    }
    assertThat(inCheckpoint).as("kills in a checkpoint").isPositive();
    isKilled(verb, "KILL", this::atEnd);
    endsAsUnbroken(verb);
  }

  /** By Ctrl-C: in steps, between them, in a study's scores and while the model is written. */
  @Tag("faults")
  @ParameterizedTest
  @EnumSource
  void aVerbThatIsStoppedAgainAndAgainSaysHowItGoesOnAndEndsAsAnUnbrokenOne(TrainingVerb verb)
      throws Exception {
    beginsUnbroken(verb, manySteps(verb));
    isKilled(verb, OFTEN - 1, "INT");
    isKilled(verb, "INT", this::atEnd);
    endsAsUnbroken(verb);
  }

  private static int manySteps(TrainingVerb verb) {
    return MANY_STEPS / (verb == TrainingVerb.SINGLE ? STAGES : 1);
  }

  /** Runs a verb that nobody kills, once for all tests. */
  private void beginsUnbroken(TrainingVerb verb, int wanted) {
    random = new SplittableRandom(SEED + verb.ordinal());
    steps = wanted;
    whole = shared.resolve("whole-%s-%d".formatted(verb, wanted));
    if (!Files.exists(whole)) {
      Program.run(begin(verb, whole)).succeeds();
    }
  }

  /** Kills another one, each time before it has come to its end. */
  private void isKilled(TrainingVerb verb, int times, String signal) throws Exception {
    for (int i = 0; i < times; i++) {
      Moment moment = i % 2 == 1 ? KilledVerbsTest::inCheckpoint : this::inSteps;
      assertThat(isKilled(verb, signal, moment)).as("killed before its end").isTrue();
    }
  }

  /** Kills it once; false if it has come to its end. */
  private boolean isKilled(TrainingVerb verb, String signal, Moment moment) throws Exception {
    Path run = verb.run(broken());
    long before = BrokenRun.lines(run);
    Process process =
        start(Files.exists(run) ? verb.resume(broken()).toArray() : begin(verb, broken()));
    moment.await(process, run, before);
    long said = Files.size(out());
    ChildJvm.signal(process, signal);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    if (process.exitValue() == 0) {
      return false;
    }
    killed++;
    inCheckpoint += writesCheckpoint(run) ? 1 : 0;
    if (signal.equals("INT")) {
      assertThat(process.exitValue()).isEqualTo(128 + 2);
      assertThat(Files.readString(out()).substring((int) said))
          .containsAnyOf(
              "; go on with tsugiki " + String.join(" ", verb.resume(broken())), " is in ");
    }
    return true;
  }

  private void inSteps(Process process, Path run, long before) throws InterruptedException {
    long wanted = before + random.nextInt(1, MOST_STEPS + 1);
    ChildJvm.await(process, 120, () -> BrokenRun.lines(run) >= wanted);
    Thread.sleep(random.nextInt(LATEST));
  }

  private static void inCheckpoint(Process process, Path run, long before)
      throws InterruptedException {
    ChildJvm.await(process, 120, () -> BrokenRun.lines(run) > before);
    ChildJvm.await(process, 5, () -> writesCheckpoint(run));
  }

  private void atEnd(Process process, Path run, long before) throws InterruptedException {
    long last = BrokenRun.lines(whole.resolve(broken().relativize(run)));
    ChildJvm.await(process, 120, () -> BrokenRun.lines(run) >= last);
    Thread.sleep(random.nextInt(LATEST_AT_END));
  }

  /** Lets the killed one go on to its end, and compares it with the other. */
  private void endsAsUnbroken(TrainingVerb verb) throws IOException {
    System.out.printf(
        "%s: killed %d times, %d of them while a checkpoint was written%n",
        verb, killed, inCheckpoint);
    Program.run(verb.resume(broken()).toArray()).succeeds();
    BrokenRun.haveTheSameNumbers(verb.run(broken()), verb.run(whole));
    if (verb == TrainingVerb.STUDY) {
      assertThat(Files.readAllLines(broken().resolve("study.csv")))
          .isEqualTo(Files.readAllLines(whole.resolve("study.csv")));
    }
  }

  private Object[] begin(TrainingVerb verb, Path out) {
    List<String> words = verb.begin(shared, out);
    words.addAll(List.of("--steps", Integer.toString(steps)));
    return words.toArray();
  }

  private Path broken() {
    return folder.resolve("killed");
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
