package tsugiki.augment;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/** Small matrices, one per image, whose entries are constants or vectors with a value per image. */
final class Matrices {
  private final Ops tf;
  private final long images;

  /** For a batch of so many images. */
  Matrices(Ops tf, long images) {
    this.tf = tf;
    this.images = images;
  }

  /** A vector with the same value for every image: [N]. */
  Operand<TFloat32> same(float value) {
    return tf.fill(tf.constant(new long[] {images}), tf.constant(value));
  }

  /**
   * Square matrices [N, size, size].
   *
   * @param entries row by row, each [N]
   */
  private Operand<TFloat32> of(int size, List<Operand<TFloat32>> entries) {
    return tf.reshape(
        tf.stack(entries, Stack.axis(1L)), tf.constant(new long[] {images, size, size}));
  }

  /** Moves points of the plane: [N, 3, 3]. */
  Operand<TFloat32> shift(Operand<TFloat32> x, Operand<TFloat32> y) {
    return plane(same(1), same(0), x, same(0), same(1), y);
  }

  /** Scales the plane: [N, 3, 3]. */
  Operand<TFloat32> scale(Operand<TFloat32> x, Operand<TFloat32> y) {
    return plane(x, same(0), same(0), same(0), y, same(0));
  }

  /** Turns the plane: [N, 3, 3]. */
  Operand<TFloat32> turn(Operand<TFloat32> angle) {
    return turn(tf.math.cos(angle), tf.math.sin(angle));
  }

  /** Turns the plane by whole quarters: [N, 3, 3], of exact zeros and ones. */
  Operand<TFloat32> quarterTurn(Operand<TFloat32> quarters) {
    Operand<TFloat32> angle = tf.math.mul(quarters, tf.constant((float) (Math.PI / 2)));
    return turn(tf.math.round(tf.math.cos(angle)), tf.math.round(tf.math.sin(angle)));
  }

  private Operand<TFloat32> turn(Operand<TFloat32> cos, Operand<TFloat32> sin) {
    return plane(cos, tf.math.neg(sin), same(0), sin, cos, same(0));
  }

  private Operand<TFloat32> plane(
      Operand<TFloat32> a,
      Operand<TFloat32> b,
      Operand<TFloat32> c,
      Operand<TFloat32> d,
      Operand<TFloat32> e,
      Operand<TFloat32> f) {
    return of(3, List.of(a, b, c, d, e, f, same(0), same(0), same(1)));
  }

  /** The same value on the diagonal: [N, 3, 3]. */
  Operand<TFloat32> diagonal(Operand<TFloat32> value) {
    return plus(value, same(0));
  }

  /**
   * On the diagonal {@code own + other}, elsewhere {@code other}: [N, 3, 3]. So are all matrices
   * that treat the three colours alike.
   */
  Operand<TFloat32> plus(Operand<TFloat32> own, Operand<TFloat32> other) {
    Operand<TFloat32> both = tf.math.add(own, other);
    List<Operand<TFloat32>> entries = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      entries.add(i % 4 == 0 ? both : other);
    }
    return of(3, entries);
  }

  /**
   * On the diagonal {@code a}, after it (the last column before the first) {@code b}, before it
   * {@code c}: [N, 3, 3], as a rotation about the grey axis is.
   */
  Operand<TFloat32> circulant(Operand<TFloat32> a, Operand<TFloat32> b, Operand<TFloat32> c) {
    return of(3, List.of(a, b, c, c, a, b, b, c, a));
  }

  /** The products, image by image. */
  Operand<TFloat32> product(Operand<TFloat32> left, Operand<TFloat32> right) {
    return tf.train.batchMatMul(left, right, TFloat32.class);
  }

  /** Constants as a tensor. */
  static Operand<TFloat32> constant(Ops tf, Shape shape, float[] values) {
    return tf.reshape(tf.constant(values), tf.constant(shape));
  }
}
