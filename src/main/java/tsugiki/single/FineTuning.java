package tsugiki.single;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.train.Checkpoints;
import tsugiki.train.Trainee;

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
    Objects.requireNonNull(run);
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
    long wanted = steps * (last.stage() + 1);
    long done = new Checkpoints(run.resolve("checkpoints")).restoreLatest(new Learned(last, this));
    if (done != wanted) {
      throw unfinished(Math.max(0, done));
    }
  }

  private BadInputException unfinished(long done) {
    return new BadInputException(
        "⟨fineTune⟩ %s has done %d steps and is not finished; go on with ⟨resume⟩ %s first"
            .formatted(run, done, run));
  }

  /** The weights of a stage without its optimisers, as a checkpoint fills them. */
  private record Learned(StageGraph stage, FineTuning from) implements Trainee {
    @Override
    public void enter(long done) {
      if (done != from.steps * (stage.stage() + 1)) {
        throw from.unfinished(done);
      }
    }

    @Override
    public Map<String, Double> step(long step) {
      throw new UnsupportedOperationException("the run is done");
    }

    @Override
    public List<Weight> state() {
      return stage.carried();
    }

    @Override
    public Session session() {
      return stage.session();
    }

    @Override
    public GraphDef structure() {
      return stage.structure();
    }
  }
}
