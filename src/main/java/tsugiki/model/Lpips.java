package tsugiki.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weights;
import tsugiki.model.Vgg16.Layer;

/**
 * LPIPS v0.1 on VGG16 (Zhang et al. 2018): at five layers the maps, of unit length over the
 * channels at every place, are subtracted and squared; the channels are summed with the linear
 * weights, the places averaged, the layers summed.
 *
 * <p>The linear weights are not negative, so the distance is the squared Euclidean one of vectors:
 * each unit map times √(w / places). Those are what is built here, so that among N images the
 * network runs N times and not N².
 *
 * @param vgg where VGG16's variables are
 * @param linear where the linear weights are: {@code lin0} [64] to {@code lin4} [512]
 */
public record Lpips(Weights vgg, Weights linear) {
  /** The layers, each after its ReLU. */
  public static final List<Layer> LAYERS =
      List.of(Layer.CONV1_2, Layer.CONV2_2, Layer.CONV3_3, Layer.CONV4_3, Layer.CONV5_3);

  /** What keeps places where every channel is 0 from dividing by 0. */
  private static final float EPSILON = 1e-10f;

  /**
   * The vectors whose squared distances are LPIPS.
   *
   * @param images [N, H, W, 3], RGB in [−1, 1], H and W at least 16; they may be unknown while the
   *     graph is built
   * @return [N, D], about 122 numbers per pixel
   */
  public Operand<TFloat32> vectors(Ops tf, Operand<TFloat32> images) {
    Map<Layer, Operand<TFloat32>> maps =
        new Vgg16(vgg, Vgg16.Input.LPIPS).maps(tf, images, Layer.CONV5_3);
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int i = 0; i < LAYERS.size(); i++) {
      parts.add(part(tf.withSubScope("Lin" + i), maps.get(LAYERS.get(i)), i));
    }
    return tf.concat(parts, tf.constant(1));
  }

  private Operand<TFloat32> part(Ops tf, Operand<TFloat32> map, int layer) {
    Operand<TInt32> shape = tf.shape(map);
    Operand<TInt32> places =
        tf.reduceProd(
            tf.slice(shape, tf.constant(new int[] {1}), tf.constant(new int[] {2})),
            tf.constant(0));
    long channels = map.shape().get(3);
    Operand<TInt32> axis = tf.constant(new int[] {3});
    Operand<TFloat32> length =
        tf.math.sqrt(tf.reduceSum(tf.math.square(map), axis, ReduceSum.keepDims(true)));
    Operand<TFloat32> unit = tf.math.div(map, tf.math.add(length, tf.constant(EPSILON)));
    Operand<TFloat32> weights =
        linear.untrained(tf, "lin" + layer, Shape.of(channels), Initializer.ones());
    Operand<TFloat32> factor =
        tf.math.sqrt(tf.math.div(weights, tf.dtypes.cast(places, TFloat32.class)));
    Operand<TInt32> images =
        tf.slice(shape, tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return tf.reshape(
        tf.math.mul(unit, factor),
        tf.concat(List.of(images, tf.constant(new int[] {-1})), tf.constant(0)));
  }
}
