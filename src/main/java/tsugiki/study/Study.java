package tsugiki.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.InUseException;
import tsugiki.base.Phase;
import tsugiki.base.ProcessLock;
import tsugiki.base.SystemRefusal;
import tsugiki.train.DivergedException;
import tsugiki.train.Interruption;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunInputs;

/**
 * The trials of a study in its folder. Finished trials are not done again, so that a study that was
 * interrupted resumes. Several processes can run the same study in the same folder: each trial is
 * claimed by a lock in {@code claims/}, which is free again when its process dies. A trial that
 * diverges or is refused is a result; it is tried again once its {@code figures.json} is deleted.
 */
public final class Study {
  /** The log in the folder of a study, and in that of a trial. */
  public static final String LOG_FILE = "log.txt";

  private static final Logger LOG = LoggerFactory.getLogger(Study.class);
  private static final long PAUSE_MS = 500;

  private final Path folder;
  private final List<Trial> trials;
  private final Consumer<Path> logTo;

  /**
   * Makes it.
   *
   * @param folder of the study
   * @param trials in the order in which one process does them, each after those that it needs
   * @param logTo sends the log to a file: between two trials to the study's
   */
  public Study(Path folder, List<Trial> trials, Consumer<Path> logTo) {
    this.folder = folder;
    this.trials = List.copyOf(trials);
    this.logTo = logTo;
    Set<String> earlier = new HashSet<>();
    for (Trial trial : trials) {
      if (!earlier.containsAll(trial.needs()) || !earlier.add(trial.folder())) {
        throw new IllegalArgumentException(
            "the trial %s has another one's folder, or needs one that does not come before it"
                .formatted(trial.folder()));
      }
    }
  }

  /**
   * Makes the folder of a study, or opens the one that is gone on with, and sends the log there.
   * What its options have anew is kept; as they were read they are not written, since another
   * process may have changed them meanwhile.
   *
   * @param directory makes or opens it
   * @param options of the study
   * @param inputs what it reads
   * @param logTo sends the log to a file from then on
   * @throws tsugiki.base.BadInputException if it began with other images
   */
  public static RunDirectory begin(
      Supplier<RunDirectory> directory, Object options, RunInputs inputs, Consumer<Path> logTo) {
    RunDirectory folder = directory.get();
    logTo.accept(folder.resolve(LOG_FILE));
    inputs.check(folder);
    if (folder.resumed()) {
      folder.replaceChangedOptions(options);
    }
    return folder;
  }

  /**
   * Does the trials that no process has done, and waits for those of other processes.
   *
   * @param report writes the report; called after every trial of this process and at the end, in
   *     one process at a time
   * @throws tsugiki.train.StoppedException if the process is asked to end or this thread is
   *     interrupted
   * @throws InUseException if another training uses what a trial needs; the trial is not done then
   */
  public void run(Runnable report) {
    List<Trial> open = new ArrayList<>(trials);
    while (!open.isEmpty()) {
      Interruption.check("stopped between two trainings; those that are finished are kept");
      open.removeIf(trial -> outcome(trial).isPresent());
      Optional<Trial> next = open.stream().filter(this::ready).filter(this::attempt).findFirst();
      if (next.isPresent()) {
        report(report);
      } else if (!open.isEmpty()) {
        ProcessLock.pause(PAUSE_MS);
      }
    }
    report(report);
  }

  private void report(Runnable report) {
    logTo.accept(folder.resolve(LOG_FILE));
    try (Phase writing = Phase.begin("writing the report of the study");
        ProcessLock claim = ProcessLock.await(claims().resolve("report.lock"))) {
      report.run();
    }
  }

  private Path claims() {
    return folder.resolve("claims");
  }

  /** The results of some of the trials that are finished, in order. */
  public List<TrialOutcome> outcomes(List<Trial> some) {
    return some.stream().map(this::outcome).flatMap(Optional::stream).toList();
  }

  /** The result of a trial; one that needs a failed one fails without being tried. */
  private Optional<TrialOutcome> outcome(Trial trial) {
    Optional<TrialOutcome> own = TrialOutcome.read(folder, trial);
    return own.isPresent() ? own : failedNeed(trial).map(need -> withoutNeed(trial, need));
  }

  private Optional<TrialOutcome> failedNeed(Trial trial) {
    return needed(trial)
        .map(this::outcome)
        .flatMap(Optional::stream)
        .filter(TrialOutcome::failed)
        .findFirst();
  }

  private Stream<Trial> needed(Trial trial) {
    return trials.stream().filter(other -> trial.needs().contains(other.folder()));
  }

  private TrialOutcome withoutNeed(Trial trial, TrialOutcome need) {
    String reason =
        "it needs %s, which failed: %s"
            .formatted(need.folder().getFileName(), need.failure().orElseThrow());
    return new TrialOutcome(
        trial.variant(),
        trial.seed(),
        folder.resolve(trial.folder()),
        Map.of(),
        Optional.of(reason));
  }

  private boolean ready(Trial trial) {
    return needed(trial).allMatch(need -> outcome(need).isPresent());
  }

  /** Does a trial, unless another process does or has done it. */
  private boolean attempt(Trial trial) {
    Optional<ProcessLock> claimed = ProcessLock.take(claims().resolve(trial.folder() + ".lock"));
    if (claimed.isEmpty()) {
      return false;
    }
    try (ProcessLock claim = claimed.get()) {
      if (outcome(trial).isPresent()) {
        return false;
      }
      finish(trial).write();
      return true;
    }
  }

  private TrialOutcome finish(Trial trial) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Optional<String> failure = Optional.empty();
    try {
      trial.training().run(figures);
    } catch (DivergedException e) {
      figures.put("diverged_at", (double) e.step());
      failure = Optional.of(e.getMessage());
    } catch (BadInputException e) {
      if (SystemRefusal.ofDisk(e) || InUseException.isCauseOf(e)) {
        // No result: once there is room, or the other training has ended, the trial is done.
        throw e;
      }
      // No result either: a file that an interrupted thread reads can look damaged.
      Interruption.check(
          "stopped in the training %s, which is done when the study goes on; those that are finished are kept"
              .formatted(trial.folder()));
      failure = Optional.of(e.getMessage());
    }
    // A failure comes again with the same seed; the study goes on.
    failure.ifPresent(
        reason -> LOG.warn("{}, seed {} failed: {}", trial.variant(), trial.seed(), reason));
    return new TrialOutcome(
        trial.variant(), trial.seed(), folder.resolve(trial.folder()), figures, failure);
  }
}
