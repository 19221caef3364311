package tsugiki.model;

import java.util.Optional;
import java.util.function.IntFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Bicubic;
import tsugiki.graph.Bicubic.Grid;
import tsugiki.graph.Weights;

/**
 * The generators of SinGAN (Shaham et al. 2019, section 3.1), one for each stage and each a network
 * of its own: it adds detail to the enlarged image of the stage before. The maps that stages hand
 * on are images. Zeros surround the image and the noise before the convolutions, which take a pixel
 * off each side.
 *
 * <p>Weights: {@code stage_0}, {@code stage_1}, …, each with {@code conv_0} and on, and {@code
 * tail}.
 */
public final class SinGanGenerator implements PyramidNetwork {
  /** Where the pixels of an enlarged image lie. */
  public static final Grid GRID = Grid.BORDERS;

  private final SinGanLayers layers;
  private final Weights weights;
  private final Activation activation;
  private final IntFunction<Optional<BatchNorm.Settings>> norms;

  /**
   * Describes the networks; its methods build them.
   *
   * @param layers the convolutions of every stage
   * @param weights where they are
   * @param activation after every convolution but the last; the paper's is a leaky ReLU
   * @param norms batch normalisation after the convolutions of a stage, by the stage's number
   */
  public SinGanGenerator(
      SinGanLayers layers,
      Weights weights,
      Activation activation,
      IntFunction<Optional<BatchNorm.Settings>> norms) {
    this.layers = layers;
    this.weights = weights;
    this.activation = activation;
    this.norms = norms;
  }

  /** {@inheritDoc} Its noise has one channel, which stands for all three of an image. */
  @Override
  public Operand<TFloat32> first(Ops tf, Operand<TFloat32> noise) {
    Ops scope = tf.withSubScope("Stage0");
    Operand<TFloat32> grey = scope.tile(noise, scope.constant(new int[] {1, 1, 1, IMAGE_CHANNELS}));
    return detail(scope, 0, padded(scope, grey));
  }

  /** {@inheritDoc} The noise has the image's size and channels. */
  @Override
  public Operand<TFloat32> next(
      Ops tf,
      int stage,
      Operand<TFloat32> before,
      Operand<TFloat32> noise,
      Operand<TFloat32> amplitude) {
    Ops scope = tf.withSubScope("Stage" + stage);
    return detailed(scope, stage, enlarged(scope, before, noise), noise, amplitude);
  }

  /**
   * The image of the stage before in the size of the next one, its values in [−1, 1].
   *
   * @param before [N, h', w', 3]
   * @param like of that size [N, h, w, C]
   */
  public Operand<TFloat32> enlarged(Ops tf, Operand<TFloat32> before, Operand<TFloat32> like) {
    Operand<TFloat32> enlarged =
        PyramidMaps.isKnown(like) && PyramidMaps.isKnown(before)
            ? Bicubic.resize(tf, GRID, before, PyramidMaps.side(like, 1), PyramidMaps.side(like, 2))
            : Bicubic.resize(
                tf,
                GRID,
                before,
                PyramidMaps.sideAsRun(tf, like, 1),
                PyramidMaps.sideAsRun(tf, like, 2));
    return clipped(tf, enlarged);
  }

  /**
   * An enlarged image with the details that a stage adds.
   *
   * @param stage from 1
   * @param enlarged [N, h, w, 3]
   * @param noise [N, h, w, 3]
   * @param amplitude the factor on the noise, a scalar
   * @return [N, h, w, 3], not bounded
   */
  public Operand<TFloat32> detailed(
      Ops tf,
      int stage,
      Operand<TFloat32> enlarged,
      Operand<TFloat32> noise,
      Operand<TFloat32> amplitude) {
    Operand<TFloat32> input = tf.math.add(enlarged, tf.math.mul(noise, amplitude));
    return tf.math.add(detail(tf, stage, padded(tf, input)), enlarged);
  }

  @Override
  public Operand<TFloat32> image(Ops tf, Operand<TFloat32> map) {
    return clipped(tf.withSubScope("Image"), map);
  }

  @Override
  public Operand<TFloat32> part(
      Ops tf,
      int stage,
      Operand<TFloat32> before,
      Operand<TFloat32> noise,
      Operand<TFloat32> amplitude,
      Part part) {
    Ops scope = tf.withSubScope("Part" + stage);
    Operand<TFloat32> input =
        scope.math.add(
            clipped(
                scope, Bicubic.sample(scope, GRID, before, part.inputRows(), part.inputColumns())),
            scope.math.mul(noise, amplitude));
    return scope.math.add(
        detail(scope, stage, coloured(scope, scope.pad(input, part.zeros(), scope.constant(0f)))),
        clipped(scope, Bicubic.sample(scope, GRID, before, part.rows(), part.columns())));
  }

  /** {@inheritDoc} There is no tail: the map is the image. */
  @Override
  public Operand<TFloat32> imagePart(Ops tf, Operand<TFloat32> map, Operand<TInt32> zeros) {
    return image(tf, coloured(tf, tf.pad(map, zeros, tf.constant(0f))));
  }

  /** What a stage adds to an image, in [−1, 1]. */
  private Operand<TFloat32> detail(Ops tf, int stage, Operand<TFloat32> input) {
    Weights place = weights.in("stage_" + stage);
    Operand<TFloat32> features =
        layers.features(tf, place, stage, activation, norms.apply(stage), input);
    return tf.math.tanh(
        PyramidConv.valid(tf.withSubScope("Tail"), place.in("tail"), features, IMAGE_CHANNELS));
  }

  private Operand<TFloat32> padded(Ops tf, Operand<TFloat32> x) {
    return coloured(tf, PyramidMaps.padded(tf, x, layers.count()));
  }

  private static Operand<TFloat32> coloured(Ops tf, Operand<TFloat32> x) {
    return PyramidMaps.withChannels(tf, x, IMAGE_CHANNELS);
  }

  private static Operand<TFloat32> clipped(Ops tf, Operand<TFloat32> image) {
    return tf.clipByValue(image, tf.constant(-1f), tf.constant(1f));
  }
}
