package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.ChildJvm;

/** Several processes on one study, one of which is killed (SIGKILL) in the middle of a trial. */
@Tag("slow")
class SharedStudyTest {
  private static final long FOREVER = 600_000;
  private static final long SHORT = 300;

  @TempDir private Path folder;

  /** A process that works on the study. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      new Study(folder, CountedTrials.in(folder, Long.parseLong(args[1])), file -> {})
          .run(() -> {});
    }
  }

  @Test
  void theTrialOfAKilledProcessIsDoneAgainAndNoOtherTwice() throws Exception {
    Process killed = worker(FOREVER);
    await(() -> CountedTrials.lines(begun()).size() == 1, killed);
    Study study = new Study(folder, CountedTrials.in(folder, 0), file -> {});
    // While it lives, its trial is left to it.
    Process other = worker(SHORT);
    await(() -> CountedTrials.lines(ended()).size() == 2, other);
    assertThat(CountedTrials.lines(ended())).containsExactly("counted-1", "counted-2");
    assertThat(other.isAlive()).as("waits for the first trial").isTrue();

    killed.destroyForcibly();
    assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(other.exitValue()).isZero();

    assertThat(CountedTrials.lines(begun()))
        .containsExactly("counted-0", "counted-1", "counted-2", "counted-0");
    List<Trial> trials = CountedTrials.in(folder, 0);
    assertThat(study.outcomes(trials))
        .extracting(outcome -> outcome.figures().get("number"))
        .containsExactly(10.0, 11.0, 12.0);
  }

  @Test
  void twoProcessesShareTheTrials() throws Exception {
    Process first = worker(SHORT);
    Process second = worker(SHORT);
    for (Process process : List.of(first, second)) {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    assertThat(CountedTrials.lines(begun()))
        .containsExactlyInAnyOrder("counted-0", "counted-1", "counted-2");
  }

  private Path begun() {
    return folder.resolve("begun.txt");
  }

  private Path ended() {
    return folder.resolve("ended.txt");
  }

  private Process worker(long milliseconds) throws Exception {
    return ChildJvm.of(List.of(), Main.class, folder, milliseconds).inheritIO().start();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition, Process process) throws Exception {
    for (int i = 0; i < 600 && !condition.holds(); i++) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    assertThat(condition.holds()).isTrue();
  }
}
