package tsugiki.train;

import java.util.Locale;
import java.util.Optional;
import tsugiki.base.Counted;
import tsugiki.base.Phase;
import tsugiki.runtime.GraphMemory;

/**
 * What a training takes, found without a run directory: memory by the shapes of its networks, time
 * by its longest step, which is carried out a few times on the weights of the start and forgotten.
 * The longest step is that of a pyramid's largest networks, and of a graft's discriminator.
 */
public final class DryRun {
  /**
   * How many times the estimated memory a step may take on the CPU, since the estimate errs on the
   * small side; see {@link GraphMemory}. One that a machine may not hold is not tried.
   */
  private static final int MARGIN = 3;

  /** A step that takes longer the first time is not tried again. */
  private static final double LONG_SECONDS = 5;

  private static final int MOST_STEPS = 3;
  private static final double ENOUGH_SECONDS = 2;

  /**
   * How long a training lasts, without what is measured, drawn and written.
   *
   * @param steps that are left
   * @param stepSeconds of the longest step, null where none was tried
   * @param seconds of all that are left, null where that is not known
   * @param secondsBeside of what is computed beside them, null likewise
   * @param words the same for a person
   */
  public record Time(
      long steps, Double stepSeconds, Double seconds, Double secondsBeside, String words) {
    private static Time untried(long steps, String words) {
      return new Time(steps, null, null, null, words);
    }
  }

  private final TrainingTask task;
  private final GraphMemory memory;
  private final long machine;
  private final long step;

  /**
   * Takes a training to its longest step.
   *
   * @param task which has not begun; it is of no other use afterwards
   * @throws tsugiki.base.BadInputException if this machine has no memory for them
   */
  public DryRun(TrainingTask task) {
    this(task, GraphMemory.machine());
  }

  /** The same on a machine with so many bytes of memory. */
  DryRun(TrainingTask task, long machine) {
    this.task = task;
    this.machine = machine;
    step = task.trainee().course().longest(task.plan().steps());
    task.trainee().enter(step + 1);
    memory = GraphMemory.of(task.trainee().session().graph());
  }

  /**
   * Where a run goes on from.
   *
   * @throws tsugiki.base.BadInputException if it began with other inputs, or has done more steps
   */
  public long behind(RunDirectory run) {
    task.inputs().compare(run);
    long done = task.returnsTo(run).orElse(RunDirectory.stepsDone(run.path()));
    Checkpoints.refuseFewer(task.plan().steps(), done, run.path());
    return done;
  }

  /** What memory it needs. */
  public GraphMemory memory() {
    return memory;
  }

  /**
   * How long it lasts.
   *
   * @param done how many of its steps are behind it
   */
  public Time time(long done) {
    long steps = task.plan().steps();
    if (done >= steps) {
      return Time.untried(0, "its steps are done");
    }
    String left = Counted.of(steps - done, "step") + (done > 0 ? " left" : "");
    if (memory.needed() > machine / MARGIN && !task.execution().settings().gpu()) {
      return Time.untried(
          steps - done,
          "%s; no time, since only a step can tell, and one may take %d times that memory and this machine has %s; a run says after its first how long it is"
              .formatted(left, MARGIN, GraphMemory.gib(machine)));
    }
    try (Phase trying = Phase.begin("trying a step")) {
      double first = seconds();
      double other = first > LONG_SECONDS ? first : other();
      double all = Math.max(0, first - other) + other * work(done);
      Optional<TrainingTask.Beside> beside = task.tryBeside();
      String words =
          "%s: about %s, without what is measured, drawn and written; %s takes %s, as tried now (%s)%s"
              .formatted(
                  left,
                  TrainingProgress.words(all),
                  task.trainee().course() == Course.EVEN ? "a step" : "the longest step",
                  words(other),
                  first > LONG_SECONDS
                      ? "once, so with what TensorFlow prepares"
                      : "the first time " + words(first),
                  beside.map(DryRun::words).orElse(""));
      return new Time(
          steps - done, other, all, beside.map(TrainingTask.Beside::seconds).orElse(0.0), words);
    }
  }

  private static String words(TrainingTask.Beside beside) {
    return "; %s: about %s more".formatted(beside.what(), TrainingProgress.words(beside.seconds()));
  }

  /** The work that is left, over that of the longest step. */
  private double work(long done) {
    Course course = task.trainee().course();
    return (course.work(task.plan().steps()) - course.work(done)) / course.cost(step);
  }

  private double other() {
    double least = Double.POSITIVE_INFINITY;
    double all = 0;
    for (int i = 0; i < MOST_STEPS && all < ENOUGH_SECONDS; i++) {
      double seconds = seconds();
      all += seconds;
      least = Math.min(least, seconds);
    }
    return least;
  }

  private double seconds() {
    long start = System.nanoTime();
    task.trainee().step(step);
    return (System.nanoTime() - start) / 1e9;
  }

  private static String words(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.0f ms", 1000 * seconds)
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
