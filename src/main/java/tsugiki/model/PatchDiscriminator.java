package tsugiki.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * A small discriminator of the images at their own resolution (after Isola et al. 2017), beside a
 * projected one: a frozen network's first map has a fraction of the image's resolution and hardly
 * tells fine patterns apart. The receptive field of its scores is {@link #FIELD} pixels, and their
 * means over a quarter of the image's side are returned, so that it has no more say than a
 * projected head.
 *
 * @param weights where its variables are
 * @param kernels the constraint on its kernels
 * @param width the channels of its first map; the next ones have twice as many
 */
public record PatchDiscriminator(Weights weights, Kernels kernels, int width) {
  /** The receptive field of one score, in pixels a side. */
  public static final int FIELD = 20;

  /** At most so many scores per side are returned. */
  private static final long PLACES = 4;

  private static final Activation ACTIVATION = Activation.leakyRelu(0.2f);
  private static final Initializer INIT = Initializer.orthogonal(1);

  /**
   * Scores images.
   *
   * @param images [N, S, S, 3] in [−1, 1], S a power of two from 4 on
   * @return [N, places], higher for what looks real: 16 places from 16 pixels on
   */
  public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> images) {
    Ops fine = tf.withSubScope("Fine");
    Weights first = weights.in("fine");
    Operand<TFloat32> h =
        activated(fine, first, Conv2d.same(fine, first, kernels, images, width, 3, INIT));
    for (int i = 0; i < 2; i++) {
      Ops scope = tf.withSubScope("Halving" + i);
      Weights conv = weights.in("halving_" + i);
      h = activated(scope, conv, Conv2d.striding(scope, conv, kernels, h, 2L * width, INIT));
    }
    Ops last = tf.withSubScope("Conv");
    Weights conv = weights.in("conv");
    h = activated(last, conv, Conv2d.same(last, conv, kernels, h, 2L * width, 3, INIT));
    Ops scope = tf.withSubScope("Score");
    Weights score = weights.in("score");
    h = Conv2d.bias(scope, score, Conv2d.same(scope, score, kernels, h, 1, 1, INIT));
    long side = h.shape().get(1);
    long cell = Math.max(1, side / PLACES);
    List<Long> cells = List.of(1L, cell, cell, 1L);
    return tf.reshape(
        tf.nn.avgPool(h, cells, cells, "VALID"),
        tf.constant(new long[] {-1, (side / cell) * (side / cell)}));
  }

  private static Operand<TFloat32> activated(Ops tf, Weights weights, Operand<TFloat32> x) {
    return ACTIVATION.apply(tf, weights, Conv2d.bias(tf, weights, x));
  }
}
