package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Affine;

/** What may be added inside a generator without changing it. */
public interface GeneratorHook {
  /** Adds nothing. */
  GeneratorHook NONE = new GeneratorHook() {};

  /**
   * A place directly after a batch normalisation and before its activation.
   *
   * @param index 0 for the first normalisation that an image passes, counting upwards
   * @param name its name, such as {@code block_0/norm_1}
   * @param channels the channels of its map
   * @param resolution the side of its map in pixels
   */
  record Site(int index, String name, int channels, int resolution) {}

  /**
   * What the activation gets.
   *
   * @param x the map before the normalisation [N, H, W, C]
   * @param affine the normalisation with its gain and bias, not applied yet
   * @return [N, H, W, C]
   */
  default Operand<TFloat32> normalised(Ops tf, Site site, Operand<TFloat32> x, Affine affine) {
    return affine.apply(tf, x);
  }

  /** The first feature map [N, 4, 4, C] on its way to the first block. */
  default Operand<TFloat32> firstMap(Ops tf, Operand<TFloat32> x) {
    return x;
  }
}
