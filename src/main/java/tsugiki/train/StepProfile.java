package tsugiki.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import tsugiki.report.ChromeTrace;

/**
 * The profile of one step of a training: when each operation ran, on which device, for how long.
 * {@link Step} runs its nodes through it, so that all of a step's runs are in it, a discriminator's
 * and a generator's.
 */
final class StepProfile {
  /** What the steps of this thread ran, while a profile is taken; null otherwise. */
  private static final ThreadLocal<List<RunMetadata>> RUNS = new ThreadLocal<>();

  private static final RunOptions TRACED =
      RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();

  private StepProfile() {}

  /**
   * Carries out a step and writes its profile.
   *
   * @param file of the trace, see {@link ChromeTrace}
   * @param step the step
   * @return what the step gave
   */
  static <T> T of(Path file, Supplier<T> step) {
    List<RunMetadata> runs = new ArrayList<>();
    RUNS.set(runs);
    try {
      return step.get();
    } finally {
      RUNS.remove();
      ChromeTrace.write(file, runs);
    }
  }

  /** Runs, and keeps what was run where a profile is taken. */
  static Result run(Session.Runner runner) {
    List<RunMetadata> runs = RUNS.get();
    if (runs == null) {
      return runner.run();
    }
    Result result = runner.setOptions(TRACED).runAndFetchMetadata();
    result.getMetadata().ifPresent(runs::add);
    return result;
  }
}
