package tsugiki.pretrained;

import java.util.List;
import org.tensorflow.Session;
import tsugiki.graph.Weights;
import tsugiki.model.InceptionOutput;

/** A source of the weights of an Inception v3. */
interface InceptionWeights {
  /**
   * Fills a network.
   *
   * @param session of the network's graph
   * @param weights the view at which {@link tsugiki.model.InceptionV3} was built
   * @throws tsugiki.base.BadInputException if weights are missing or have another shape
   */
  void fill(Session session, Weights weights);

  /**
   * Refuses an output whose weights are known to be missing, before anything is built.
   *
   * @throws tsugiki.base.BadInputException if they are
   */
  default void check(InceptionOutput output) {}

  /** The files that the weights come from. */
  default WeightOrigin origin() {
    return new WeightOrigin(List.of());
  }
}
