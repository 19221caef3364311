package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.BadInputException;
import tsugiki.base.ChildJvm;
import tsugiki.base.SameBits;
import tsugiki.base.SystemProperty;
import tsugiki.runtime.Device;
import tsugiki.train.TrainingLoop.Plan;

/** Whole runs of a tiny task: what they write, and what becomes of damaged and changed ones. */
class TrainingRunTest {
  private static final Plan PLAN = new Plan(4, 1, 1, 2);

  /** Where, with a noun that fits the number. */
  private static final String MACHINE = "[^<\n]+ with (?:1 processor|(?!1 )\\d+ processors)\\b";

  /** When, by what, where and how long, as the page and the card of a training say it. */
  private static final String MADE =
      "\\d{4}-\\d\\d-\\d\\d by tsugiki [^<\n]+ and Java \\d[^<\n]+, on "
          + MACHINE
          + "; \\d+ min \\d+ s in steps\\.";

  @TempDir private Path folder;

  private static TrainingRun.Outcome train(RunDirectory run, int colour) {
    try (TinyTask task = new TinyTask(PLAN, colour)) {
      return TrainingRun.train(task, run);
    }
  }

  private Path whole() {
    Path run = folder.resolve("whole");
    train(RunDirectory.create(run, TinyTask.OPTIONS), 1);
    return run;
  }

  @Test
  void aRunWritesWhatItsTaskGives() {
    TrainingRun.Outcome outcome =
        train(RunDirectory.create(folder.resolve("run"), TinyTask.OPTIONS), 1);
    assertThat(outcome.start()).isEqualTo(Map.of("score", 1.0));
    assertThat(outcome.end()).isEqualTo(Map.of("score", 2.0));
    Path run = folder.resolve("run");
    assertThat(run.toFile().list())
        .contains("begun.txt", "card.md", "inputs.json", "loss.png", "report.html")
        .contains("samples-000000.png", "samples-000002.png", "samples-000004.png")
        .doesNotContain("no.png", "other-000000.png");
    assertThat(run.resolve("card.md"))
        .content()
        .startsWith("# A tiny model\n\nMade on ")
        .containsPattern("Made on " + MADE)
        .contains("\n\n## Figures\n\n| before | after |\n| --- | --- |\n")
        .contains("\"steps\" : 4");
    assertThat(run.resolve("report.html")).content().containsPattern("Finished on " + MADE);
    List<JsonNode> lines = RunDirectory.resume(run).metrics();
    assertThat(lines)
        .extracting(line -> line.path("score").asDouble())
        .startsWith(1.0)
        .endsWith(2.0);
    assertThat(lines)
        .extracting(line -> line.path("observed").asDouble())
        .containsExactly(0.0, 0.0, 1.0, 0.0, 2.0);
  }

  @Test
  void aRunThatWasCutEndsAsAnUnbrokenOne() throws IOException {
    Path whole = whole();
    Path cut = BrokenRun.of(whole, folder.resolve("cut"), 2);
    train(RunDirectory.resume(cut), 1);
    assertThat(BrokenRun.measured(cut)).isEqualTo(BrokenRun.measured(whole));
    assertThat(cut.resolve("checkpoints/step-000004/state.data-00000-of-00001"))
        .hasSameBinaryContentAs(whole.resolve("checkpoints/step-000004/state.data-00000-of-00001"));
  }

  /** Before the first step, in one, and after the last, before the model is written. */
  @ParameterizedTest
  @CsvSource({
    "start, stopped before the first step",
    "step, 'stopped after step 3 of 4, which is saved'",
    "end, 'stopped after step 4 of 4, which is saved'"
  })
  void aRunThatIsStoppedEndsAsAnUnbrokenOne(String phase, String said) throws IOException {
    Path run = folder.resolve("run");
    try (TinyTask task = new TinyTask(PLAN, 1).stoppedIn(phase)) {
      stopped(task, RunDirectory.create(run, TinyTask.OPTIONS), said);
    } finally {
      Interruption.request(false);
    }
    endsAsAnUnbrokenOne(run);
  }

  /** Also while something is measured, which waits for other threads. */
  @ParameterizedTest
  @CsvSource({
    "start, stopped before the first step",
    "step, 'stopped after step 3 of 4, which is saved'",
    "end, 'stopped after step 4 of 4, which is saved'"
  })
  void aRunWhoseThreadIsInterruptedEndsAsAnUnbrokenOne(String phase, String said)
      throws IOException {
    Path run = folder.resolve("run");
    try (TinyTask task = new TinyTask(PLAN, 1).interruptedIn(phase, Thread.currentThread())) {
      stopped(task, RunDirectory.create(run, TinyTask.OPTIONS), said);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    endsAsAnUnbrokenOne(run);
  }

  /** The bar of a terminal waits for a thread of its own when it is closed. */
  @Test
  void aListenerStopsARunByAnInterruption() throws IOException {
    Path run = folder.resolve("run");
    RunDirectory told =
        RunDirectory.create(run, TinyTask.OPTIONS)
            .listening(
                (step, steps, scalars) -> {
                  if (step == 3) {
                    Thread.currentThread().interrupt();
                  }
                });
    try (SystemProperty bar = new SystemProperty("tsugiki.terminal", "true");
        TinyTask task = new TinyTask(PLAN, 1)) {
      stopped(task, told, "stopped after step 3 of 4, which is saved");
      assertThatThrownBy(() -> Interruption.check("saved")).hasMessage("saved");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    endsAsAnUnbrokenOne(run);
  }

  @Test
  void aThreadThatIsInterruptedBeginsNoRun() throws IOException {
    Path cut = BrokenRun.of(whole(), folder.resolve("cut"), 2);
    byte[] metrics = Files.readAllBytes(cut.resolve("metrics.jsonl"));
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      Thread.currentThread().interrupt();
      try {
        stopped(task, RunDirectory.resume(cut), "stopped after step 2 of 4, which is saved");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(cut.resolve("metrics.jsonl")).hasBinaryContent(metrics);
      TrainingRun.train(task, RunDirectory.resume(cut));
    }
  }

  @Test
  void aThreadThatIsInterruptedWhileNetworksWaitForWorkersIsStopped() {
    Supplier<TinyTask> waiting =
        () -> {
          throw new CancellationException("interrupted");
        };
    assertThatThrownBy(() -> TrainingTask.built(waiting)).isInstanceOf(CancellationException.class);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> TrainingTask.built(waiting)).isInstanceOf(StoppedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aTaskTrainsOnceAndAgainWhereItWasRefusedBefore() throws IOException {
    Path run = whole();
    Execution here = Execution.here(Device.CPU);
    Execution elsewhere =
        new Execution(here.device(), here.intraOp(), here.interOp(), here.oneDnn() + "0");
    try (TinyTask task = new TinyTask(PLAN, 1).on(elsewhere)) {
      refused(() -> TrainingRun.train(task, RunDirectory.resume(run)), "TF_ENABLE_ONEDNN_OPTS");
      RunDirectory other = RunDirectory.create(folder.resolve("other"), TinyTask.OPTIONS);
      try (RunLock held = RunLock.of(other)) {
        refused(() -> TrainingRun.train(task, other), "in use by another training");
      }
      TrainingRun.train(task, other);
      RunDirectory third = RunDirectory.create(folder.resolve("third"), TinyTask.OPTIONS);
      assertThatThrownBy(() -> TrainingRun.train(task, third))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this training has run; make another object");
      assertThat(third.path().toFile().list()).containsExactly("options.json");
    }
  }

  private static void stopped(TinyTask task, RunDirectory run, String said) {
    assertThatThrownBy(() -> TrainingRun.train(task, run))
        .isInstanceOf(StoppedException.class)
        .hasMessage(said);
  }

  /** Resumes a run that was stopped. */
  private void endsAsAnUnbrokenOne(Path run) throws IOException {
    assertThat(run.resolve("card.md")).doesNotExist();
    // As of a kill while something was written.
    Path draft = Files.createDirectory(run.resolve(".model.draft-" + UUID.randomUUID()));
    Files.writeString(draft.resolve("card.md"), "half");
    Files.writeString(run.resolve(".loss.png." + UUID.randomUUID() + ".tmp"), "half");
    Path checkpoints = Files.createDirectories(run.resolve("checkpoints"));
    Path pointer = checkpoints.resolve(".latest." + UUID.randomUUID() + ".tmp");
    Files.writeString(pointer, "step-0");
    train(RunDirectory.resume(run), 1);
    assertThat(pointer).doesNotExist();
    Path whole = whole();
    assertThat(BrokenRun.measured(run)).isEqualTo(BrokenRun.measured(whole));
    assertThat(run.toFile().list())
        .filteredOn(name -> !name.startsWith("events."))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(whole.toFile().list()).filter(n -> !n.startsWith("events.")).toList());
    assertThat(run.resolve("checkpoints/step-000004/state.data-00000-of-00001"))
        .hasSameBinaryContentAs(whole.resolve("checkpoints/step-000004/state.data-00000-of-00001"));
  }

  @Test
  void workBetweenStepsThatDoesNotEndIsCutWithTheCommandThatGoesOn() {
    List<String> said = new ArrayList<>();
    try {
      Interruption.awaitEnd(said::add, 10);
      assertThat(said).as("nothing is begun").isEmpty();
      Interruption.goesOnWith("tsugiki graft");
      Interruption.awaitEnd(said::add, 10);
      assertThat(said)
          .containsExactly("stopped before the run was whole; go on with tsugiki graft");
    } finally {
      Interruption.request(false);
      Interruption.goesOnWith("");
    }
  }

  @Test
  void aProgramThatEndsByItselfSaysNothingOfStopping() throws IOException {
    Process process = ChildJvm.of(List.of(), Ended.class).start();
    // Java itself says which options it takes from the environment.
    assertThat(process.inputReader().lines().filter(line -> !line.startsWith("Picked up ")))
        .containsExactly("done");
  }

  /** Ends as a verb that has done its work. */
  static final class Ended {
    public static void main(String[] args) {
      Interruption.finishStepsAtExit(System.out::println);
      Interruption.goesOnWith("tsugiki graft");
      System.out.println("done");
      Interruption.programEnds();
      System.exit(0);
    }
  }

  @Test
  void theModelOfACheckpointIsWrittenElsewhere() throws IOException {
    Path run = whole();
    Path out = Files.createDirectory(folder.resolve("out"));
    String card = Files.readString(run.resolve("card.md"));
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      assertThat(TrainingRun.export(task, RunDirectory.resume(run), "2", out)).isEqualTo(2);
    }
    assertThat(out.resolve("card.md"))
        .content()
        .contains("after step 2 of the run", "observed 1")
        .containsPattern(
            "Exported on %s by tsugiki .* and Java .*, on %s".formatted(LocalDate.now(), MACHINE));
    assertThat(run.resolve("card.md")).hasContent(card);
    try (TinyTask task = new TinyTask(PLAN, 2)) {
      assertThatThrownBy(() -> TrainingRun.export(task, RunDirectory.resume(run), "2", out))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("other images");
      // A run of an earlier version has no digests, and stays as it is.
      Files.delete(run.resolve("inputs.json"));
      TrainingRun.export(task, RunDirectory.resume(run), "2", out);
      assertThat(run.resolve("inputs.json")).doesNotExist();
    }
  }

  /** What a new run begins with and is measured at is not computed again. */
  @Test
  void aResumedRunTakesItsStartFromItsCheckpointAndItsMetrics() throws IOException {
    Path cut = BrokenRun.of(whole(), folder.resolve("cut"), 2);
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      assertThat(TrainingRun.train(task, RunDirectory.resume(cut)).start())
          .isEqualTo(Map.of("score", 1.0));
      assertThat(task.trainee().begun()).isFalse();
    }
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      TrainingRun.train(task, RunDirectory.create(folder.resolve("new"), TinyTask.OPTIONS));
      assertThat(task.trainee().begun()).isTrue();
    }
  }

  /** After step 1 and before the observations of step 2, which a checkpoint follows. */
  @Test
  void aStartThatTakesLongIsMeasuredBeforeTheFirstCheckpoint() throws IOException {
    Path run = folder.resolve("run");
    try (TinyTask task = new TinyTask(PLAN, 1).withLongStart()) {
      TrainingRun.Outcome outcome =
          TrainingRun.train(task, RunDirectory.create(run, TinyTask.OPTIONS));
      assertThat(outcome.start()).isEqualTo(Map.of("score", 11.0));
    }
    List<JsonNode> lines = RunDirectory.resume(run).metrics();
    assertThat(lines)
        .extracting(line -> line.path("step").asLong())
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(lines.get(0).path("score").asDouble()).isEqualTo(11);
    assertThat(run.resolve("samples-000000.png")).isNotEmptyFile();

    Path known = BrokenRun.of(run, folder.resolve("known"), 2);
    try (TinyTask task = new TinyTask(PLAN, 1).withLongStart()) {
      assertThat(TrainingRun.train(task, RunDirectory.resume(known)).start())
          .isEqualTo(Map.of("score", 11.0));
      assertThat(task.trainee().begun()).isFalse();
    }
    Path stopped = BrokenRun.of(run, folder.resolve("stopped"), 2);
    Files.writeString(stopped.resolve("metrics.jsonl"), lines.get(1) + "\n" + lines.get(2) + "\n");
    try (TinyTask task = new TinyTask(PLAN, 1).withLongStart()) {
      assertThat(TrainingRun.train(task, RunDirectory.resume(stopped)).start())
          .isEqualTo(Map.of("score", 13.0));
    }
    assertThat(RunDirectory.resume(stopped).metrics())
        .extracting(line -> line.path("step").asLong())
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void anotherTrainingBeginsWithAFinishedRunAlone() throws IOException {
    Path cut = BrokenRun.of(whole(), folder.resolve("cut"), 2);
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      TinyTrainee trainee = task.trainee();
      Map<String, float[]> before = trainee.values();
      FinishedRun unfinished = new FinishedRun("⟨from⟩", cut, 4);
      refused(
          () -> unfinished.fill(trainee.session(), trainee.state()),
          "from " + cut + " has done 2 steps and is not finished");
      assertThat(trainee.values())
          .usingRecursiveComparison(SameBits.comparison())
          .isEqualTo(before);
      new FinishedRun("⟨from⟩", folder.resolve("whole"), 4)
          .fill(trainee.session(), trainee.state());
      assertThat(trainee.values())
          .usingRecursiveComparison(SameBits.comparison())
          .isNotEqualTo(before);
    }
  }

  @Test
  void aDamagedNewestCheckpointCostsTheStepsAfterTheOneBeforeIt() throws IOException {
    Path whole = whole();
    Path damaged = folder.resolve("damaged");
    FileUtils.copyDirectory(whole.toFile(), damaged.toFile());
    Files.write(damaged.resolve("checkpoints/step-000004/state.data-00000-of-00001"), new byte[10]);
    train(RunDirectory.resume(damaged), 1);
    assertThat(BrokenRun.measured(damaged)).isEqualTo(BrokenRun.measured(whole));
  }

  @Test
  void aFinishedRunWhoseCheckpointsAreLostIsNotBegunAnew() throws IOException {
    Path run = whole();
    Files.delete(run.resolve("checkpoints/latest"));
    train(RunDirectory.resume(run), 1);
    FileUtils.deleteDirectory(run.resolve("checkpoints").toFile());
    byte[] metrics = Files.readAllBytes(run.resolve("metrics.jsonl"));
    refused(() -> train(RunDirectory.resume(run), 1), run.toString(), "4 steps", "checkpoint");
    Files.delete(run.resolve("report.html"));
    refused(() -> train(RunDirectory.resume(run), 1), run.toString(), "4 steps", "checkpoint");
    assertThat(run.resolve("metrics.jsonl")).hasBinaryContent(metrics);
  }

  @Test
  void aRunCutBeforeItsFirstCheckpointBeginsAnew() throws IOException {
    Path whole = whole();
    Path begun = RunDirectory.create(folder.resolve("begun"), TinyTask.OPTIONS).path();
    RunDirectory.resume(begun).addMetrics(0, Map.of("score", 9));
    RunDirectory.resume(begun).addMetrics(2, Map.of("loss", 9));
    Files.createDirectories(begun.resolve("checkpoints/step-000002"));
    train(RunDirectory.resume(begun), 1);
    assertThat(BrokenRun.measured(begun)).isEqualTo(BrokenRun.measured(whole));
    assertThat(begun.resolve("begun.txt")).exists();
  }

  @Test
  void otherInputsAreRefused() throws IOException {
    Path run = whole();
    refused(() -> train(RunDirectory.resume(run), 2), run.toString(), "other images", "SHA-256");
    // A run of an earlier version has no digests, and gets them.
    Files.delete(run.resolve("inputs.json"));
    train(RunDirectory.resume(run), 2);
    refused(() -> train(RunDirectory.resume(run), 1), "other images");
  }

  /** Holds the lock of a run until its standard input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (RunLock held = RunLock.of(RunDirectory.resume(Path.of(args[0])))) {
        System.out.println("held");
        System.in.read();
      }
    }
  }

  @Test
  void aSecondProcessInTheSameRunIsRefused() throws Exception {
    Path run = whole();
    Process holder = ChildJvm.of(List.of(), Holder.class, run).start();
    try {
      // A JVM may print a line of its own first.
      assertThat(holder.inputReader().lines().anyMatch("held"::equals)).isTrue();
      refused(() -> train(RunDirectory.resume(run), 1), run.toString(), "in use");
    } finally {
      holder.outputWriter().close();
      holder.waitFor();
    }
    AtomicInteger times = new AtomicInteger();
    RunDirectory told = RunDirectory.resume(run).whenHeld(times::incrementAndGet);
    try (RunLock held = RunLock.of(RunDirectory.resume(run))) {
      refused(() -> train(told, 1), "in use");
    }
    assertThat(times).hasValue(0);
    train(told, 1);
    assertThat(times).hasValue(1);
  }

  private static void refused(Runnable action, String... named) {
    assertThatThrownBy(action::run)
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(named)
        .message()
        .doesNotContain("\n");
  }
}
