package tsugiki.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(StepProfile.class);

  /** What the steps of this thread ran, while a profile is taken; null otherwise. */
  private static final ThreadLocal<List<RunMetadata>> RUNS = new ThreadLocal<>();

  private static final RunOptions TRACED =
      RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();

  private StepProfile() {}

  /** Says so where none of these steps is the one of which the run is to write the profile. */
  static void warnOfNone(RunDirectory run, long from, long steps) {
    if (run.profiled() > 0 && (run.profiled() <= from || run.profiled() > steps)) {
      LOG.warn(
          "no profile is written: step {} is none of the steps {} to {}",
          run.profiled(),
          from + 1,
          steps);
    }
  }

  /**
   * Carries out a step, and writes its profile where the run is to have it.
   *
   * @param number of the step, from 0
   * @return what it measured, by name
   */
  static Map<String, Double> step(RunDirectory run, Trainee trainee, long number) {
    if (number + 1 != run.profiled()) {
      return trainee.step(number);
    }
    Path file = run.resolve("profile-%d.json".formatted(number + 1));
    Map<String, Double> scalars = of(file, () -> trainee.step(number));
    LOG.info("the profile of step {} is in {}", number + 1, file);
    return scalars;
  }

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
