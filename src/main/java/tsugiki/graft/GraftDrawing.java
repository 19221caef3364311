package tsugiki.graft;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.graph.Pixels;
import tsugiki.graph.Tensors;
import tsugiki.runtime.ImageBatches;
import tsugiki.runtime.Sessions;

/** What draws images with a graft in training: nodes in its graph. */
final class GraftDrawing {
  private final int latent;
  private final int imageLength;
  private final Placeholder<TFloat32> z;
  private final GraftedGenerator generator;
  private final GraftKernels kernels;
  private final Operand<TFloat32> floats;
  private final Operand<TUint8> bytes;
  private final ImageBatches batches;

  /**
   * Builds it.
   *
   * @param tf its scope
   * @param settings of the session that draws
   */
  GraftDrawing(Ops tf, GraftedGenerator generator, Sessions.Settings settings) {
    this.generator = generator;
    kernels = new GraftKernels(generator);
    latent = generator.architecture().latent();
    int side = generator.architecture().size();
    imageLength = side * side * 3;
    z = tf.withName("z").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, latent)));
    floats = generator.apply(tf, z, kernels);
    bytes = Pixels.toBytes(tf, floats);
    batches = ImageBatches.of(settings);
  }

  /** Where latent vectors [N, D] are fed. */
  Placeholder<TFloat32> z() {
    return z;
  }

  /** The images of {@link #z} in [−1, 1]. */
  Operand<TFloat32> images() {
    return floats;
  }

  /**
   * Draws images. On the CPU an image depends on its own latent vector alone, to the bit.
   *
   * @param latents [n, D] in row-major order
   * @return uint8 NHWC
   */
  byte[] draw(Session session, float[] latents) {
    return batches.draw(
        latents.length / latent,
        imageLength,
        images -> {
          float[] rows = ImageBatches.rows(latents, latent, images);
          try (TFloat32 feed = Tensors.floats(Shape.of(images.length, latent), rows);
              Result result = session.runner().feed(z, feed).fetch(bytes).run()) {
            return Tensors.toBytes((TUint8) result.get(0));
          }
        });
  }

  /** The weights of the generator by name, as they go into a file. */
  Map<String, float[]> weights(Session session) {
    return kernels.values(session, generator);
  }

  /** The same as floats in [−1, 1], all in one run. */
  float[] drawFloats(Session session, float[] latents) {
    try (TFloat32 feed = Tensors.floats(Shape.of(latents.length / latent, latent), latents);
        Result result = session.runner().feed(z, feed).fetch(floats).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }
}
