package tsugiki.savedmodel;

import org.tensorflow.op.Ops;
import tsugiki.graph.Weights;

/** A network as it is served. */
@FunctionalInterface
public interface ExportedNetwork {
  /**
   * Builds it.
   *
   * @param tf an empty graph
   * @param weights frozen weights; their paths are the names in the file
   * @return what it takes and gives
   */
  ServedSignatures build(Ops tf, Weights weights);
}
