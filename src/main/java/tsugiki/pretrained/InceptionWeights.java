package tsugiki.pretrained;

import org.tensorflow.Session;
import tsugiki.graph.Weights;

/** Where the weights of an Inception v3 come from. */
interface InceptionWeights {
  /**
   * Fills a network.
   *
   * @param session of the network's graph
   * @param weights the view at which {@link tsugiki.model.InceptionV3} was built
   * @throws tsugiki.base.BadInputException if weights are missing or have another shape
   */
  void fill(Session session, Weights weights);
}
