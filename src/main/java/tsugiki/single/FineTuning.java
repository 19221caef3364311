package tsugiki.single;

import java.nio.file.Path;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.train.FinishedRun;

/**
 * What a fine-tuning goes on from: the last stage of a run that harmonizes or edits is trained on,
 * its first stage taking one changed image in every step (Hinz et al. 2021, section 4.2).
 *
 * @param run the directory of the finished run
 * @param naive the image in which something was pasted or moved
 * @param mask white where that is, of the same size; null for everywhere
 * @param steps of every stage of the run
 */
public record FineTuning(Path run, Path naive, Path mask, long steps) {
  /** Makes the paths absolute, for a run is resumed from anywhere. */
  public FineTuning {
    Objects.requireNonNull(run, "run");
    if (naive == null) {
      throw new BadInputException("⟨fineTune⟩ trains for one changed image; give ⟨naive⟩ too");
    }
    run = run.toAbsolutePath().normalize();
    naive = naive.toAbsolutePath().normalize();
    mask = mask == null ? null : mask.toAbsolutePath().normalize();
  }

  /**
   * Fills the last stage with what the run has learned.
   *
   * @throws BadInputException if the run is not done
   */
  void fill(StageGraph last) {
    new FinishedRun("⟨fineTune⟩", run, steps * (last.stage() + 1))
        .fill(last.session(), last.carried());
  }
}
