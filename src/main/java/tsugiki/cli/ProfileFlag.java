package tsugiki.cli;

import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.train.RunDirectory;

/** The flag of a training that asks for the profile of one of its steps; a picocli mixin. */
final class ProfileFlag {
  /** Its name, which is allowed beside {@code --resume}: it changes nothing of the training. */
  static final String NAME = "--profile-step";

  private long step;

  /** A setter, so that a wrong number is known before the work. */
  @Option(
      names = NAME,
      paramLabel = "N",
      description =
          "Also write when each operation of step N ran, as profile-N.json, for chrome://tracing or ui.perfetto.dev.")
  void setStep(long number) {
    if (number < 1) {
      throw new BadInputException(NAME + " is " + number + "; give a step, from 1");
    }
    step = number;
  }

  /** Asks the run for it. */
  RunDirectory on(RunDirectory run) {
    return run.profiling(step);
  }
}
