package tsugiki.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Activation;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;

/**
 * A projected discriminator (Sauer et al. 2021): small heads on the maps of a frozen, pre-trained
 * feature network. The maps are mixed by fixed random 1×1 convolutions across channels and, from
 * coarse to fine, across scales, so that no head can rest on a few features. Each head halves its
 * map until few places are left and scores each of them, so that a score sees large parts of the
 * image and a fine map has no more say than a coarse one; the class enters by projection.
 *
 * <p>Sauer et al.'s program differs:
 *
 * <ul>
 *   <li>its heads have batch normalisation, these have none;
 *   <li>its mixing across scales is conv(up(finer + coarser)), of the coarsest map too, so that its
 *       heads see twice the resolution; here it is finer + conv(up(coarser));
 *   <li>its mixing convolutions have biases, these have none;
 *   <li>its maps have 64, 128, 256 and 512 channels after the mixing of channels and 64, 64, 128
 *       and 256 after that of scales; here all have {@code width};
 *   <li>its score is one 4×4 convolution without padding and bias; here it is a 3×3 convolution
 *       with padding, a leaky ReLU and a 1×1 convolution, both with biases;
 *   <li>with classes its score is ⟨h, e⟩ / 8 with 64 numbers h at each place; here it is ψ(h) + ⟨h,
 *       e⟩.
 * </ul>
 *
 * @param weights where its variables are
 * @param kernels the constraint on the heads' kernels
 * @param width the channels of the mixed maps and of the heads
 */
public record ProjectedDiscriminator(Weights weights, Kernels kernels, int width) {
  private static final Activation ACTIVATION = Activation.leakyRelu(0.2f);
  private static final Initializer INIT = Initializer.orthogonal(1);

  /** Heads halve their maps to at most this many pixels a side; the paper's end at 4 or 5. */
  private static final long PLACES = 5;

  /**
   * Scores images by their maps.
   *
   * @param maps maps of the frozen network, fine ones first, each [N, H, W, C]
   * @param classes of the images; with one class alone there is no projection
   * @return [N, places]: one score for each place of each map
   */
  public Operand<TFloat32> apply(Ops tf, List<Operand<TFloat32>> maps, ClassVectors classes) {
    List<Operand<TFloat32>> mixed = mix(tf.withSubScope("Mixing"), maps);
    List<Operand<TFloat32>> scores = new ArrayList<>();
    for (int i = 0; i < mixed.size(); i++) {
      scores.add(head(tf.withSubScope("Head" + i), weights.in("head_" + i), mixed.get(i), classes));
    }
    return tf.concat(scores, tf.constant(1));
  }

  private List<Operand<TFloat32>> mix(Ops tf, List<Operand<TFloat32>> maps) {
    List<Operand<TFloat32>> mixed = new ArrayList<>();
    Operand<TFloat32> coarser = null;
    for (int i = maps.size() - 1; i >= 0; i--) {
      Operand<TFloat32> map = fixed(tf, "channels_" + i, maps.get(i));
      if (coarser != null) {
        int height = Math.toIntExact(map.shape().get(1));
        int width = Math.toIntExact(map.shape().get(2));
        map =
            tf.math.add(
                map, fixed(tf, "scales_" + i, Resample.bilinear(tf, coarser, height, width)));
      }
      mixed.add(0, map);
      coarser = map;
    }
    return mixed;
  }

  /**
   * A random 1×1 convolution that keeps the size of what passes (Kaiming initialisation) and never
   * trains.
   */
  private Operand<TFloat32> fixed(Ops tf, String name, Operand<TFloat32> x) {
    long in = x.shape().get(3);
    Initializer init = Initializer.normal((float) Math.sqrt(1.0 / in));
    Kernels untrained =
        (ops, place, kernel, shape, start) -> place.untrained(ops, kernel, shape, start);
    return Conv2d.same(
        tf.withSubScope(name), weights.in("mixing").in(name), untrained, x, width, 1, init);
  }

  private Operand<TFloat32> head(Ops tf, Weights head, Operand<TFloat32> x, ClassVectors classes) {
    Operand<TFloat32> h = x;
    for (int i = 0; h.shape().get(1) > PLACES; i++) {
      Ops scope = tf.withSubScope("Halving" + i);
      Weights conv = head.in("halving_" + i);
      h = Conv2d.striding(scope, conv, kernels, h, width, INIT);
      h = ACTIVATION.apply(scope, conv, Conv2d.bias(scope, conv, h));
    }
    Ops last = tf.withSubScope("Conv");
    Weights conv = head.in("conv");
    h = Conv2d.same(last, conv, kernels, h, width, 3, INIT);
    h = ACTIVATION.apply(last, conv, Conv2d.bias(last, conv, h));
    long places = h.shape().get(1) * h.shape().get(2);
    Ops scope = tf.withSubScope("Score");
    Operand<TFloat32> plain =
        Conv2d.bias(
            scope, head.in("score"), Conv2d.same(scope, head.in("score"), kernels, h, 1, 1, INIT));
    return tf.reshape(
        classes.count() == 1 ? plain : tf.math.add(plain, match(tf, head, h, classes)),
        tf.constant(new long[] {-1, places}));
  }

  /** How well every place goes with the class. */
  private Operand<TFloat32> match(Ops tf, Weights head, Operand<TFloat32> h, ClassVectors classes) {
    Operand<TFloat32> vectors =
        classes.vectors(tf.withSubScope("Embedding"), head.in("embedding"), kernels, width, INIT);
    return tf.sum(
        tf.math.mul(h, tf.reshape(vectors, tf.constant(Shape.of(-1, 1, 1, width)))),
        tf.constant(3),
        Sum.keepDims(true));
  }
}
