package tsugiki.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.ProcessLock;

/**
 * The directory of one run: {@code options.json}, {@code metrics.jsonl}, {@code checkpoints/},
 * pictures and the model. The command line adds {@code log.txt}; a Java program has its own log. It
 * is made after everything has been checked, so that bad input leaves nothing behind.
 */
public final class RunDirectory {
  private static final String OPTIONS = "options.json";

  private final Path path;
  private final boolean resumed;
  private final MetricsFile metrics;

  /** Its options as this object gave them last; null before. */
  private Object read;

  private Runnable whenHeld = () -> {};
  private StepListener listener = (step, steps, scalars) -> {};
  private long profiled;

  private RunDirectory(Path path, boolean resumed) {
    this.path = path;
    this.resumed = resumed;
    metrics = new MetricsFile(path.resolve("metrics.jsonl"));
  }

  /**
   * Makes a new one.
   *
   * @param path a folder that does not exist or is empty
   * @param options the resolved options, a record or map, written as JSON in snake case
   * @throws BadInputException if something is there already, or nothing can be there
   * @throws UncheckedIOException if the disk is full or read-only, or the user may not write there
   */
  public static RunDirectory create(Path path, Object options) {
    NewRun.make(path, OPTIONS, json(options) + "\n");
    return new RunDirectory(path, false);
  }

  /**
   * Makes a new one where the user named none: {@link RunNumbers#next}, or the one after it where
   * another process takes that number first.
   *
   * @throws BadInputException if the folder of all runs cannot be written
   */
  public static RunDirectory createNext(Path runs, String verb, Object options) {
    // No two runs have one number, whatever their verbs.
    try (ProcessLock held = ProcessLock.await(runs.resolve(".lock"))) {
      return create(RunNumbers.next(runs, verb), options);
    } catch (UncheckedIOException e) {
      throw NewRun.unwritable(runs, e);
    }
  }

  /**
   * Options as {@link #create} writes them.
   *
   * @return an indented JSON object
   */
  public static String json(Object options) {
    return OptionsJson.write(options);
  }

  /**
   * Checks that a run could be made there, without making it.
   *
   * @throws BadInputException if something is there already
   */
  public static void refuseUsed(Path path) {
    NewRun.refuseUsed(path);
  }

  /**
   * Opens one to go on with, by the {@link #options} in it: they have the processor and the setting
   * of oneDNN that it began with, which its training compares with this process's.
   *
   * @throws BadInputException if it is no run
   */
  public static RunDirectory resume(Path path) {
    if (!isRun(path)) {
      throw new BadInputException(
          "⟨resume⟩ " + path + " holds no options.json; name the folder of an earlier run");
    }
    return new RunDirectory(path, true);
  }

  /** Whether a folder is that of a run. */
  public static boolean isRun(Path path) {
    return Files.isRegularFile(path.resolve(OPTIONS));
  }

  /**
   * Opens the run of a folder that has one, and makes a new one elsewhere, also where a process was
   * killed as it made one. No other process writes there.
   */
  public static RunDirectory resumeOrCreate(Path path, Object options) {
    if (isRun(path)) {
      return resume(path);
    }
    if (Files.isDirectory(path)) {
      DurableFolder.removeDrafts(path);
    }
    return create(path, options);
  }

  /**
   * The resolved options of the run as they were saved.
   *
   * @param type the record that was given to {@link #create}
   * @throws BadInputException if the file is damaged or another verb's
   */
  public <T> T options(Class<T> type) {
    T options = OptionsJson.read(path.resolve(OPTIONS), type);
    read = options;
    return options;
  }

  /**
   * The prefix of the files of a run's newest checkpoint, for reading alone.
   *
   * @param run any folder
   * @return empty where it has none
   */
  public static Optional<Path> newestCheckpoint(Path run) {
    return new Checkpoints(run.resolve(Checkpoints.FOLDER)).inForce();
  }

  /** The step of a run's newest checkpoint; 0 where there is none. */
  public static long stepsDone(Path run) {
    return new CheckpointFolder(run.resolve(Checkpoints.FOLDER))
        .latest()
        .map(CheckpointFolder::step)
        .orElse(0L);
  }

  /**
   * The folder of one of the run's checkpoints.
   *
   * @param which {@code best}, {@code latest} or a step
   * @throws BadInputException if it is not there
   */
  public Path checkpoint(String which) {
    return new CheckpointFolder(path.resolve(Checkpoints.FOLDER)).find(which);
  }

  /** Puts other options into the place of the saved ones. */
  public void replaceOptions(Object options) {
    write(OPTIONS, options);
  }

  /**
   * The same, unless they are what {@link #options} gave here: a process that changes nothing
   * leaves what another one has changed meanwhile.
   */
  public void replaceChangedOptions(Object options) {
    if (!options.equals(read)) {
      replaceOptions(options);
    }
  }

  /** Writes a record or map as JSON unless the file is there; gives whether it was written. */
  boolean writeNew(String name, Object content) {
    return DurableFolder.writeNew(path.resolve(name), json(content) + "\n");
  }

  /** Writes a record or map as JSON; the file is the former one or the new one, and whole. */
  void write(String name, Object content) {
    DurableFolder.write(path.resolve(name), json(content) + "\n");
  }

  /**
   * The same, whose training does this once it has the run to itself: another process that trains
   * there is refused before.
   */
  public RunDirectory whenHeld(Runnable action) {
    whenHeld = action;
    return this;
  }

  /**
   * The same, whose training also writes the profile of a step, {@code profile-N.json} for {@code
   * chrome://tracing} or Perfetto.
   *
   * @param step its number from 1; 0 for none
   */
  public RunDirectory profiling(long step) {
    profiled = step;
    return this;
  }

  /**
   * The same, whose training tells of every step.
   *
   * @param listener of the steps; takes the place of an earlier one
   */
  public RunDirectory listening(StepListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** Who is told of the steps. */
  StepListener listener() {
    return listener;
  }

  /** The step of which a profile is wanted; 0 for none. */
  long profiled() {
    return profiled;
  }

  /** Tells that this process has the run to itself. */
  void held() {
    whenHeld.run();
  }

  /** Whether the run was begun earlier. */
  public boolean resumed() {
    return resumed;
  }

  /** A file or folder in it. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Adds a line to {@code metrics.jsonl}. */
  public void addMetrics(long step, Map<String, ?> values) {
    metrics.add(step, values);
  }

  /** Adds the line of the start, which comes before those of steps that were measured already. */
  void addStart(Map<String, ?> values) {
    metrics.addFirst(0, values);
  }

  /** The lines of {@code metrics.jsonl}, in order; one that a kill cut short is left out. */
  public List<JsonNode> metrics() {
    return metrics.lines();
  }

  /**
   * What was measured over time under one name.
   *
   * @param steps when [n]
   * @param values how much [n]
   */
  public record Series(double[] steps, double[] values) {}

  /** Everything in {@code metrics.jsonl} under a name, in order; empty if there is nothing. */
  public Series series(String name) {
    return MetricsFile.series(metrics(), name);
  }

  /** What was measured last, by name, the step left out. */
  public Map<String, Double> lastMetrics() {
    return metrics.last();
  }

  /** What was measured after so many steps, by name; empty if nothing was. */
  Map<String, Double> measuredAt(long step) {
    return metrics.at(step);
  }

  /** Forgets what was measured after a step, since a resumed run measures it again. */
  public void forgetAfter(long step) {
    metrics.forgetAfter(step);
  }
}
