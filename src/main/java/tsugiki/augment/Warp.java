package tsugiki.augment;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Moves the pixels of images by a matrix per image, without aliasing (Karras et al. 2020, appendix
 * B): the resolution is doubled by {@link Wavelet}, sampled by bilinear interpolation, and halved.
 * The image is continued by mirroring, up to half a side exactly; further out the continuation
 * itself is mirrored.
 *
 * <p>TensorFlow's own projective transformation has no gradient, hence this one. An image whose
 * rows stay rows or become columns takes {@link StraightWarp}, any other one {@link FreeWarp},
 * which costs several times as much. ADA turns an image by a free angle with the probability p
 * alone.
 */
final class Warp {
  private Warp() {}

  /**
   * Warps a batch.
   *
   * @param x [N, S, S, C], all known
   * @param inverse [N, 3, 3]: from a place (x, y, 1) in the result to the place in the image, in
   *     pixels from the centre; the last row is 0, 0, 1
   * @return the same shape
   */
  static Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> inverse) {
    Shape shape = x.shape();
    SampleGrid grid = new SampleGrid(Math.toIntExact(shape.get(1)));
    int images = Math.toIntExact(shape.get(0));
    Operand<TInt32> free = tf.dtypes.cast(free(tf, inverse), TInt32.class);
    var parts = tf.dynamicPartition(x, free, 2L).outputs();
    var matrices = tf.dynamicPartition(inverse, free, 2L).outputs();
    var indices =
        tf.dynamicPartition(tf.range(tf.constant(0), tf.constant(images), tf.constant(1)), free, 2L)
            .outputs();
    List<Operand<TFloat32>> warped =
        List.of(
            StraightWarp.apply(tf, parts.get(0), matrices.get(0), grid),
            FreeWarp.apply(tf, parts.get(1), matrices.get(1), grid));
    return tf.reshape(tf.dynamicStitch(List.copyOf(indices), warped), tf.constant(shape.asArray()));
  }

  /** Whether a matrix mixes rows and columns: [N], bool. */
  static Operand<TBool> free(Ops tf, Operand<TFloat32> inverse) {
    Operand<TFloat32> sizes =
        tf.math.abs(
            tf.reshape(
                tf.slice(
                    inverse, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {-1, 2, 2})),
                tf.constant(new int[] {-1, 1, 4})));
    // One sum for each diagonal.
    Operand<TFloat32> sums =
        tf.train.batchMatMul(
            sizes,
            Matrices.constant(tf, Shape.of(1, 4, 2), new float[] {1, 0, 0, 1, 0, 1, 1, 0}),
            TFloat32.class);
    return tf.math.greater(tf.min(sums, tf.constant(new int[] {1, 2})), tf.constant(0f));
  }
}
