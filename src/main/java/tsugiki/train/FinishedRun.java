package tsugiki.train;

import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;

/**
 * A run whose training is done, for another training that begins with what it has learned.
 *
 * @param argument how messages name it, in angle brackets
 * @param path its directory
 * @param steps that its training has
 */
public record FinishedRun(String argument, Path path, long steps) {
  /**
   * Puts weights into a session.
   *
   * @param weights of the names and shapes that they have in the run's checkpoints
   * @throws BadInputException if the run is not done, or its checkpoints are damaged or of another
   *     network
   */
  public void fill(Session session, List<Weight> weights) {
    long done =
        new Checkpoints(path.resolve(Checkpoints.FOLDER)).copyLatest(steps, session, weights);
    if (done != steps) {
      throw new BadInputException(
          "%s %s has done %d steps and is not finished; go on with ⟨resume⟩ %s first"
              .formatted(argument, path, Math.max(0, done), path));
    }
  }
}
