package tsugiki.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tsugiki.base.Phase;
import tsugiki.cluster.LostWorkers;
import tsugiki.runtime.GraphMemory;
import tsugiki.train.DryRun;
import tsugiki.train.Interruption;
import tsugiki.train.OptionsJson;
import tsugiki.train.RunDirectory;
import tsugiki.train.StoppedException;
import tsugiki.train.TrainingTask;

/**
 * A training, or a study, as its verb begins it: all input is found and TensorFlow is not loaded
 * yet.
 *
 * @param options the resolved options, a record
 * @param summary what was found of the data, in words
 * @param trial what a dry run tries
 * @param work does it
 */
record TrainingJob(Object options, String summary, Trial trial, Work work) {
  /** The work itself. */
  @FunctionalInterface
  interface Work {
    /**
     * Trains.
     *
     * @param directory makes the run directory, after everything that may fail for the user's input
     */
    Done run(Supplier<RunDirectory> directory);
  }

  /**
   * The work of one training.
   *
   * @param <T> its class
   */
  @FunctionalInterface
  interface Training<T> {
    /**
     * Trains.
     *
     * @param task with its networks
     * @param directory makes the run directory, after everything that may fail for the user's input
     */
    Done run(T task, Supplier<RunDirectory> directory);
  }

  /**
   * What a dry run tries.
   *
   * @param name the one training, or a study's first
   * @param ofStudy whether it is a study's
   * @param networks builds it, with a folder for what it would otherwise keep
   */
  private record Trial(
      String name, boolean ofStudy, Function<Path, ? extends TrainingTask> networks) {}

  /**
   * What {@code --json} writes of a dry run.
   *
   * @param options as {@code options.json} would hold them
   * @param data what was found of it, in words
   * @param run the folder of the run
   * @param memoryBytes that are needed at least
   * @param weightBytes of these for weights and averages
   * @param time that it takes
   */
  record Tried(
      JsonNode options,
      String data,
      String run,
      long memoryBytes,
      long weightBytes,
      DryRun.Time time) {}

  /**
   * What came out.
   *
   * @param sentence where it is
   * @param result what {@code --json} writes
   */
  record Done(String sentence, Object result) {}

  /**
   * One training.
   *
   * @param <T> its class
   * @param networks builds them
   * @param training trains them
   */
  static <T extends TrainingTask> TrainingJob of(
      Object options, String summary, Supplier<T> networks, Training<T> training) {
    return new TrainingJob(
        options,
        summary,
        new Trial("the training", false, folder -> networks.get()),
        directory ->
            new LostWorkers(directory)
                .survive(
                    begun -> {
                      try (T task = networks.get()) {
                        return training.run(task, begun);
                      }
                    }));
  }

  /**
   * A study.
   *
   * @param <R> its result
   * @param kinds builds a training of each kind that it has, the first one first
   * @param work runs it
   * @param folder of a result
   */
  static <R> TrainingJob study(
      Object options,
      String summary,
      List<? extends Supplier<? extends TrainingTask>> kinds,
      Function<Supplier<RunDirectory>, R> work,
      Function<R, String> folder) {
    return new TrainingJob(
        options,
        summary,
        new Trial("the first training", true, scratch -> kinds.get(0).get()),
        directory -> {
          // A trial that is refused is a result of a study; networks that no machine holds are not.
          kinds.forEach(networks -> networks.get().close());
          R result = work.apply(directory);
          return new Done("The table is in " + folder.apply(result) + "/study.md.", result);
        });
  }

  /**
   * The same whose dry run tries other networks.
   *
   * @param networks builds them, with a folder for what they write, which is deleted
   */
  TrainingJob trying(Function<Path, ? extends TrainingTask> networks) {
    return new TrainingJob(
        options, summary, new Trial(trial.name(), trial.ofStudy(), networks), work);
  }

  /**
   * Prints options and summary, and does the work; in a dry run it says instead what that takes.
   *
   * @param name what the run's folder is called where the user named none
   */
  void start(String name, RunOptions run, ResultOptions result) {
    start(name, run, directory -> directory, result);
  }

  /**
   * The same for a training of which the profile of a step is wanted.
   *
   * @param profile which step
   */
  void start(String name, RunOptions run, ProfileFlag profile, ResultOptions result) {
    start(name, run, profile::on, result);
  }

  /**
   * The same for a study whose trials executors may do.
   *
   * @param bulk says whether
   */
  void start(String name, RunOptions run, BulkFlags bulk, ResultOptions result) {
    start(name, run, bulk.trials(name), result);
  }

  private void start(
      String name, RunOptions run, UnaryOperator<RunDirectory> prepared, ResultOptions result) {
    Path folder = run.folder(name);
    String json = RunDirectory.json(options);
    Logs.about(summary);
    Logs.about(json);
    result.print("%s%n%s; the run goes to %s", json, summary, folder);
    if (run.dryRun()) {
      result.write(tried(folder, run, result));
      return;
    }
    Done done = done(name, run, prepared);
    result.print("%s", done.sentence());
    result.write(done.result());
  }

  private Tried tried(Path folder, RunOptions run, ResultOptions result) {
    return ScratchFolder.with(
        "dry-run",
        scratch -> {
          try (TrainingTask task = TrainingTask.built(() -> trial.networks.apply(scratch))) {
            DryRun dry = new DryRun(task);
            GraphMemory memory = dry.memory();
            result.print("%s needs %s", trial.name, memory);
            long done =
                run.resume()
                    .filter(resumed -> !trial.ofStudy)
                    .map(resumed -> dry.behind(RunDirectory.resume(resumed)))
                    .orElse(0L);
            DryRun.Time time = dry.time(done);
            result.print("%s", time.words());
            return new Tried(
                OptionsJson.tree(options),
                summary,
                folder.toString(),
                memory.needed(),
                memory.variables(),
                time);
          }
        });
  }

  private Done done(String name, RunOptions run, UnaryOperator<RunDirectory> prepared) {
    String[] command = new String[1];
    // With what is changed of its options, which may not be in the run yet.
    run.resume().ifPresent(again -> Interruption.goesOnWith(Logs.command()));
    // A study also computes the features of the real images here.
    try (Phase before =
        Phase.begin(trial.ofStudy ? "preparing the study" : TrainingTask.BUILDING)) {
      return work.run(
          () -> {
            before.close();
            RunDirectory directory = run.directory(name, options);
            command[0] = resuming(name, directory);
            if (run.resume().isEmpty()) {
              Interruption.goesOnWith(command[0]);
            }
            return prepared.apply(directory);
          });
    } catch (StoppedException e) {
      throw e.withCommand(command[0]);
    }
  }

  /** The name of a study's folder has a hyphen where the verb has a space. */
  private static String resuming(String name, RunDirectory run) {
    return "tsugiki %s --resume %s"
        .formatted(name.replace('-', ' '), Logs.quoted(run.path().toString()));
  }
}
