package tsugiki.graph;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Reshape;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.image.CropAndResize;
import org.tensorflow.op.sparse.SparseTensorDenseMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Samples of images at places between their pixels.
 *
 * <p>TensorFlow's operation for it takes boxes, here one for every sample. It is a single pass over
 * the samples; to gather four neighbours of each and to weight them takes twice its time. Its own
 * gradient adds to a pixel from several threads at once, so that sums differ from run to run. The
 * gradient here is a product with the sparse matrix of the samples' weights: TensorFlow does it in
 * one thread, so that the order is fixed, and in less than half of the time of a sum by segments.
 */
public final class BilinearSamples {
  /** Of the operation that has the gradient: the samples, the images and the places. */
  private static final int INPUTS = 3;

  private BilinearSamples() {}

  /**
   * The bilinear mean of the four pixels around each place.
   *
   * @param images [N, H, W, C], all but N known, H and W of 2 at least
   * @param places [N, M, 4], M known: row, column, and both once more, from 0 for the first row or
   *     column to 1 for the last; all in this range. They get no gradient
   * @return [N, M, C]
   */
  public static Operand<TFloat32> at(Ops tf, Operand<TFloat32> images, Operand<TFloat32> places) {
    GradientRegistry.install();
    int samples = Math.toIntExact(places.shape().get(1));
    Operand<TInt32> count = entry(tf, tf.shape(images), 0);
    // Of every sample the image that it lies in.
    Operand<TInt32> image =
        tf.broadcastTo(
            tf.expandDims(numbers(tf, count), tf.constant(1)),
            tf.concat(List.of(count, tf.constant(new int[] {samples})), tf.constant(0)));
    Operand<TFloat32> found =
        tf.image.cropAndResize(
            tf.stopGradient(images),
            tf.reshape(places, tf.constant(new int[] {-1, 4})),
            tf.reshape(image, tf.constant(new int[] {-1})),
            tf.constant(new int[] {1, 1}));
    Operand<TFloat32> shaped =
        tf.reshape(found, tf.constant(new long[] {-1, samples, images.shape().get(3)}));
    return tf.identityN(List.of(shaped, images, tf.stopGradient(places)))
        .output()
        .get(0)
        .expect(TFloat32.class);
  }

  /** Whether an IdentityN is that of {@link #at}, as {@link ParametricSoftsign#endsIn} tells it. */
  static boolean endsIn(GraphOperation op) {
    return op.numInputs() == INPUTS
        && GradientRegistry.isFrom(op, 0, Reshape.OP_NAME)
        && GradientRegistry.isFrom(GradientRegistry.giver(op, 0), 0, CropAndResize.OP_NAME);
  }

  /**
   * The gradient of {@link #at}: every sample's goes to its four pixels by their weights.
   *
   * @param op the IdentityN of the samples, the images and the places
   * @param dy the gradient of the samples
   * @return those of the three
   */
  static List<Operand<?>> gradient(Ops tf, GraphOperation op, Operand<TFloat32> dy) {
    Operand<TFloat32> images = op.<TFloat32>input(1).expect(TFloat32.class);
    Operand<TFloat32> places = op.<TFloat32>input(2).expect(TFloat32.class);
    Operand<TInt32> shape = tf.shape(images);
    Operand<TInt32> height = entry(tf, shape, 1);
    Operand<TInt32> width = entry(tf, shape, 2);
    Axis rows = Axis.of(tf, places, 0, height);
    Axis columns = Axis.of(tf, places, 1, width);

    Operand<TInt32> pixelsOfImage = tf.math.mul(height, width);
    Operand<TInt32> count = entry(tf, shape, 0);
    Operand<TInt32> before =
        tf.math.add(
            tf.math.add(tf.math.mul(rows.before, width), columns.before),
            tf.expandDims(tf.math.mul(numbers(tf, count), pixelsOfImage), tf.constant(1)));
    Operand<TInt32> flat = tf.reshape(before, tf.constant(new int[] {-1}));
    Operand<TFloat32> sums =
        tf.sparse.sparseTensorDenseMatMul(
            entries(tf, flat, width),
            weights(tf, rows.after, columns.after),
            tf.dtypes.cast(
                tf.concat(
                    List.of(tf.shape(flat), tf.math.mul(count, pixelsOfImage)), tf.constant(0)),
                TInt64.class),
            tf.reshape(
                dy,
                tf.concat(
                    List.of(tf.constant(new int[] {-1}), entry(tf, shape, 3)), tf.constant(0))),
            SparseTensorDenseMatMul.adjointA(true));
    return List.of(tf.zerosLike(dy), tf.reshape(sums, shape), tf.zerosLike(places));
  }

  /**
   * The sample and the pixel of every weight, corner by corner: [4 · samples, 2]. The two numbers
   * are made as the halves of one, of which the lower lies first in memory, so that none has to be
   * laid beside another.
   *
   * @param first the pixel above and to the left of each sample [samples]
   */
  private static Operand<TInt32> entries(Ops tf, Operand<TInt32> first, Operand<TInt32> width) {
    Operand<TInt64> upper = tf.constant(1L << Integer.SIZE);
    Operand<TInt64> samples =
        tf.range(tf.constant(0L), tf.size(first, TInt64.class), tf.constant(1L));
    Operand<TInt64> pairs =
        tf.math.add(tf.math.mul(tf.dtypes.cast(first, TInt64.class), upper), samples);
    Operand<TInt32> next = tf.constant(new int[] {1});
    List<Operand<TInt64>> corners =
        Stream.of(tf.constant(new int[] {0}), next, width, tf.math.add(width, next))
            .<Operand<TInt64>>map(
                steps ->
                    tf.math.add(pairs, tf.math.mul(tf.dtypes.cast(steps, TInt64.class), upper)))
            .toList();
    return tf.reshape(tf.bitcast(tf.stack(corners), TInt32.class), tf.constant(new int[] {-1, 2}));
  }

  /** The shares of the four pixels around every sample, corner by corner: [4 · samples]. */
  private static Operand<TFloat32> weights(
      Ops tf, Operand<TFloat32> down, Operand<TFloat32> right) {
    Operand<TFloat32> both = tf.math.mul(down, right);
    Operand<TFloat32> rightAlone = tf.math.sub(right, both);
    Operand<TFloat32> neither = tf.math.sub(tf.math.sub(tf.constant(1f), down), rightAlone);
    return tf.reshape(
        tf.stack(List.of(neither, rightAlone, tf.math.sub(down, both), both)),
        tf.constant(new int[] {-1}));
  }

  /**
   * Where samples lie along rows or columns.
   *
   * @param before the pixel before the place, never the last one [N, M]
   * @param after the share of the pixel after it [N, M]
   */
  private record Axis(Operand<TInt32> before, Operand<TFloat32> after) {
    /** From the places' numbers of that index, in a side of so many pixels. */
    static Axis of(Ops tf, Operand<TFloat32> places, int index, Operand<TInt32> side) {
      Operand<TFloat32> number =
          tf.squeeze(
              tf.slice(
                  places, tf.constant(new int[] {0, 0, index}), tf.constant(new int[] {-1, -1, 1})),
              Squeeze.axis(List.of(2L)));
      Operand<TFloat32> last = tf.dtypes.cast(tf.math.sub(side, tf.constant(1)), TFloat32.class);
      Operand<TFloat32> place = tf.math.mul(number, last);
      Operand<TFloat32> whole =
          tf.math.minimum(tf.math.floor(place), tf.math.sub(last, tf.constant(1f)));
      return new Axis(tf.dtypes.cast(whole, TInt32.class), tf.math.sub(place, whole));
    }
  }

  /** 0, 1, … below a number [1]. */
  private static Operand<TInt32> numbers(Ops tf, Operand<TInt32> count) {
    return tf.range(tf.constant(0), scalar(tf, count), tf.constant(1));
  }

  private static Operand<TInt32> entry(Ops tf, Operand<TInt32> shape, int index) {
    return tf.slice(shape, tf.constant(new int[] {index}), tf.constant(new int[] {1}));
  }

  private static <T extends TNumber> Operand<T> scalar(Ops tf, Operand<T> single) {
    return tf.reshape(single, tf.constant(new int[0]));
  }
}
