package tsugiki.cli;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tsugiki.base.Phase;
import tsugiki.train.RunDirectory;
import tsugiki.train.StoppedException;

/**
 * A training, or a study, as its verb begins it: all input is found and TensorFlow is not loaded
 * yet.
 *
 * @param options the resolved options, a record
 * @param summary what was found of the data, in words
 * @param work does it
 */
record TrainingJob(Object options, String summary, Work work) {
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
   * What came out.
   *
   * @param sentence where it is
   * @param result what {@code --json} writes
   */
  record Done(String sentence, Object result) {}

  /**
   * A study.
   *
   * @param <R> its result
   * @param work runs it
   * @param folder of a result
   */
  static <R> TrainingJob study(
      Object options,
      String summary,
      Function<Supplier<RunDirectory>, R> work,
      Function<R, String> folder) {
    return new TrainingJob(
        options,
        summary,
        directory -> {
          R result = work.apply(directory);
          return new Done("The table is in " + folder.apply(result) + "/study.md.", result);
        });
  }

  /**
   * Prints options and summary, and does the work unless this is a dry run.
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

  private void start(
      String name, RunOptions run, UnaryOperator<RunDirectory> prepared, ResultOptions result) {
    Path folder = run.folder(name);
    String json = RunDirectory.json(options);
    Logs.about(summary);
    Logs.about(json);
    result.print("%s%n%s; the run goes to %s", json, summary, folder);
    if (run.dryRun()) {
      return;
    }
    Done done = done(name, run, prepared);
    result.print("%s", done.sentence());
    result.write(done.result());
  }

  private Done done(String name, RunOptions run, UnaryOperator<RunDirectory> prepared) {
    Path[] folder = new Path[1];
    try (Phase building = Phase.begin("building the networks")) {
      return work.run(
          () -> {
            building.close();
            RunDirectory directory = run.directory(name, options);
            folder[0] = directory.path();
            return prepared.apply(directory);
          });
    } catch (StoppedException e) {
      // The name of a study's folder has a hyphen where the verb has a space.
      throw e.withCommand("tsugiki %s --resume %s".formatted(name.replace('-', ' '), folder[0]));
    }
  }
}
