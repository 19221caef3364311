package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A generator that a GAN trains: a function from latent vectors, and maybe labels, to images. */
public interface GeneratorNetwork {
  /** The length of a latent vector. */
  int latentSize();

  /** The side of the images in pixels. */
  int imageSize();

  /** Whether the images depend on labels. */
  boolean conditional();

  /**
   * Builds it; called several times with different layers in one graph.
   *
   * @param tf its scope
   * @param layers what its layers are made from
   * @param z latent vectors [N, latentSize]
   * @param labels classes [N]; a generator that is not {@link #conditional()} leaves them
   * @return images [N, imageSize, imageSize, 3] in [−1, 1]
   */
  Operand<TFloat32> images(Ops tf, Layers layers, Operand<TFloat32> z, Operand<TInt64> labels);
}
