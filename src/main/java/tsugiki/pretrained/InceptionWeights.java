package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Session;
import tsugiki.graph.Weights;
import tsugiki.model.InceptionOutput;

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

  /**
   * Refuses an output whose weights are known to be missing, before anything is built.
   *
   * @throws tsugiki.base.BadInputException if they are
   */
  default void check(InceptionOutput output) {}

  /** The files that they are in, in the order of their names. */
  List<Path> files();
}
