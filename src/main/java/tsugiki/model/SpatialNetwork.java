package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weights;

/** A frozen network with the map whose pixels are the samples of a single-image distance. */
public interface SpatialNetwork extends FrozenNetwork {
  /**
   * The map before the second maximum pool, at the images' own size (Shaham et al. 2019, section
   * 4.2).
   *
   * @param weights where its variables are, filled by {@link #fill}
   * @param pixels [N, H, W, 3], RGB from 0 to 255; H and W may be unknown and are at least 19, of
   *     which the map has one place
   * @return [N, h, w, 192]
   */
  Operand<TFloat32> spatialMap(Ops tf, Weights weights, Operand<TFloat32> pixels);

  /**
   * What a single-image distance on {@link #spatialMap} is called: {@code sifid} on the weights
   * that the authors used, another name on others.
   */
  String spatialScore();

  /** What {@link #spatialMap} is, in a few words. */
  String spatialProtocol();
}
