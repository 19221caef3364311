package tsugiki.graph;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Samples of images at places between their pixels.
 *
 * <p>TensorFlow's operation for it takes boxes, here one for every sample. It is a single pass over
 * the samples; to gather four neighbours of each and to weight them takes twice its time. Its own
 * gradient adds to a pixel from several threads at once, so that sums differ from run to run. The
 * gradient here is a sum by segments, whose order is fixed.
 */
public final class BilinearSamples {
  /** Of the operation that has the gradient: the samples, the images and the places. */
  static final int INPUTS = 3;

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

    Operand<TInt32> firstOfImage =
        tf.expandDims(
            tf.math.mul(numbers(tf, entry(tf, shape, 0)), tf.math.mul(height, width)),
            tf.constant(1));
    Operand<TInt32> first =
        tf.math.add(tf.math.add(tf.math.mul(rows.before, width), columns.before), firstOfImage);
    Operand<TInt32> next = tf.constant(new int[] {1});
    Operand<TInt32> corners =
        tf.reshape(
            tf.concat(
                List.of(tf.constant(new int[] {0}), next, width, tf.math.add(width, next)),
                tf.constant(0)),
            tf.constant(new int[] {4, 1, 1}));
    Operand<TInt32> pixels = tf.math.add(tf.expandDims(first, tf.constant(0)), corners);

    Operand<TFloat32> weights =
        tf.math.mul(tf.expandDims(rows.weights(tf), tf.constant(1)), columns.weights(tf));
    Operand<TInt32> channels = entry(tf, shape, 3);
    // A weight per sample of a corner: multiplying by one per pixel takes twice the time.
    Operand<TFloat32> wide =
        tf.linalg.matMul(
            tf.reshape(weights, tf.constant(new int[] {-1, 1})),
            ones(tf, tf.concat(List.of(next, channels), tf.constant(0))));
    Operand<TFloat32> repeated =
        tf.linalg.matMul(
            ones(tf, tf.constant(new int[] {4, 1})),
            tf.reshape(dy, tf.constant(new int[] {1, -1})));
    Operand<TFloat32> parts =
        tf.math.mul(tf.reshape(wide, tf.constant(new int[] {4, -1})), repeated);
    Operand<TFloat32> sums =
        tf.math.unsortedSegmentSum(
            tf.reshape(
                parts, tf.concat(List.of(tf.constant(new int[] {-1}), channels), tf.constant(0))),
            tf.reshape(pixels, tf.constant(new int[] {-1})),
            scalar(tf, tf.math.mul(entry(tf, shape, 0), tf.math.mul(height, width))));
    return List.of(tf.zerosLike(dy), tf.reshape(sums, shape), tf.zerosLike(places));
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

    /** The shares of the pixels before and after: [2, N, M]. */
    Operand<TFloat32> weights(Ops tf) {
      return tf.stack(List.of(tf.math.sub(tf.constant(1f), after), after), Stack.axis(0L));
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

  private static Operand<TFloat32> ones(Ops tf, Operand<TInt32> shape) {
    return tf.fill(shape, tf.constant(1f));
  }
}
