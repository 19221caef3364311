package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.base.InUseException;
import tsugiki.base.ProcessLock;
import tsugiki.study.Study;
import tsugiki.study.Trial;
import tsugiki.study.TrialOutcome;
import tsugiki.train.TrainingLoop.Plan;

/** What keeps a study from a trial for a while is no result of the trial. */
class PassingRefusalsTest {
  private static final Plan PLAN = new Plan(1, 1, 1, 1);

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void makeRun() {
    run = folder.resolve("tiny-0");
    RunDirectory.create(run, TinyTask.OPTIONS);
  }

  private Study study(Trial.Training training) {
    return new Study(folder, List.of(trial(training)), file -> {});
  }

  private static Trial trial(Trial.Training training) {
    return new Trial("tiny", 0, "tiny-0", Set.of(), training);
  }

  private void train(Map<String, Double> figures) {
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      TrainingRun.train(task, RunDirectory.resume(run));
    }
    figures.put("steps", 1.0);
  }

  private void isDoneWhenTheStudyIsRunAgain() {
    assertThat(run.resolve("figures.json")).doesNotExist();
    Study again = study(this::train);
    again.run(() -> {});
    assertThat(again.outcomes(List.of(trial(this::train))))
        .singleElement()
        .returns(Map.of("steps", 1.0), TrialOutcome::figures)
        .returns(false, TrialOutcome::failed);
  }

  @Test
  void aRunThatAnotherTrainingHas() {
    try (RunLock held = RunLock.of(RunDirectory.resume(run))) {
      assertThatThrownBy(() -> study(this::train).run(() -> {}))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining("in use by another training");
    }
    isDoneWhenTheStudyIsRunAgain();
  }

  @Test
  void aFileThatAnotherProcessHasAndThatSomeoneNames() {
    Trial.Training refused =
        figures -> {
          throw new InUseException("it is in use").in("a file");
        };
    assertThatThrownBy(() -> study(refused).run(() -> {})).hasMessage("a file: it is in use");
    isDoneWhenTheStudyIsRunAgain();
  }

  @Test
  void aFileThatLooksDamagedToAnInterruptedThread() {
    Trial.Training interrupted =
        figures -> {
          Thread.currentThread().interrupt();
          throw new BadInputException("a file is damaged");
        };
    try {
      assertThatThrownBy(() -> study(interrupted).run(() -> {}))
          .isInstanceOf(StoppedException.class)
          .hasMessageStartingWith("stopped in the training tiny-0");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    isDoneWhenTheStudyIsRunAgain();
  }

  @Test
  @Timeout(30)
  void anInterruptedWaitForAnotherProcess() throws InterruptedException {
    Thread waiting = Thread.currentThread();
    Thread other =
        new Thread(
            () -> {
              ProcessLock.pause(700);
              waiting.interrupt();
            });
    try (ProcessLock claim = claim()) {
      other.start();
      assertThatThrownBy(() -> study(this::train).run(() -> {}))
          .isInstanceOf(StoppedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    other.join();
    isDoneWhenTheStudyIsRunAgain();
  }

  private ProcessLock claim() {
    return ProcessLock.take(folder.resolve("claims/tiny-0.lock")).orElseThrow();
  }
}
