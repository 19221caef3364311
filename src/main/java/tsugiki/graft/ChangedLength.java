package tsugiki.graft;

import java.nio.file.Path;
import java.util.OptionalLong;
import tsugiki.base.BadInputException;
import tsugiki.train.RunDirectory;

/**
 * A run that is to be longer, or shorter, than it was begun. Without a finish it goes on from where
 * it is. The rates of a finish rise, stay and fall over its own length, and it begins with what the
 * graft's own steps have come to: with another number of either the steps of the finish would have
 * been other ones. So it goes back to the checkpoint of the last of the graft's own steps, which
 * stays for this, and does the finish anew. Either way the run ends as one that was begun with the
 * new length, to the bit.
 *
 * @param begun the options that it was begun with
 * @param wanted the options that it has now, which differ in the numbers of steps at most
 */
public record ChangedLength(GraftOptions begun, GraftOptions wanted) {

  /**
   * Checks that the run can have the length, without TensorFlow.
   *
   * @param run its folder
   * @throws BadInputException if it cannot
   */
  public void check(Path run) {
    RateFall schedule = wanted.learning().schedule();
    if (otherSteps() && schedule != RateFall.STEPS) {
      throw new BadInputException(
          "⟨steps⟩ is %d, and the run began with %d, over which its rates fall (⟨schedule⟩ %s); leave it out, or begin a new run"
              .formatted(after(), before(), schedule));
    }
    if (otherFinish() && !wanted.finish().wanted()) {
      throw new BadInputException(
          "⟨finishSteps⟩ is %d, and the run has no ⟨finish⟩; leave it out, or begin a new run"
              .formatted(wanted.finish().finishSteps()));
    }
    long done = RunDirectory.stepsDone(run);
    if (wanted.finish().wanted() && after() < Math.min(done, before())) {
      throw new BadInputException(
          "⟨steps⟩ is %d, and %s has %d behind it; give at least as many"
              .formatted(after(), run, Math.min(done, before())));
    }
    if (returnsTo(done).isPresent() && !keeps(run)) {
      throw new BadInputException(
          "%s has no checkpoint of step %d, from which its finish would begin anew; begin a new run"
              .formatted(run, before()));
    }
  }

  private boolean keeps(Path run) {
    try {
      RunDirectory.resume(run).checkpoint(Long.toString(before()));
      return true;
    } catch (BadInputException e) {
      return false;
    }
  }

  /**
   * The step that the run goes back to.
   *
   * @param done the steps that it has behind it
   * @return empty where it goes on from its newest checkpoint
   */
  OptionalLong returnsTo(long done) {
    boolean finishing = wanted.finish().wanted() && done > before();
    return finishing && (otherSteps() || otherFinish())
        ? OptionalLong.of(before())
        : OptionalLong.empty();
  }

  private boolean otherSteps() {
    return before() != after();
  }

  private boolean otherFinish() {
    return begun.finish().finishSteps() != wanted.finish().finishSteps();
  }

  private long before() {
    return begun.learning().steps();
  }

  private long after() {
    return wanted.learning().steps();
  }
}
