package tsugiki.cli;

import java.util.function.Supplier;
import tsugiki.train.RunDirectory;

/** One training as the verb {@code train} sees it, whatever the recipe. */
interface TrainingJob {
  /**
   * What came out.
   *
   * @param what is in the folder {@code model}
   * @param result what {@code --json} writes
   */
  record Done(String what, String model, Object result) {}

  /** The resolved options, a record. */
  Object options();

  /** What was found of the data, in words; nothing has loaded TensorFlow until then. */
  String summary();

  /**
   * Trains.
   *
   * @param directory makes the run directory, after everything that may fail for the user's input
   */
  Done train(Supplier<RunDirectory> directory);
}
