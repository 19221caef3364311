package tsugiki.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;
import tsugiki.graph.Embedding;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Rotation;
import tsugiki.graph.Rows;
import tsugiki.graph.Weights;

/** The classes of a batch of images, for heads that keep one vector per class. */
public final class ClassVectors {
  @FunctionalInterface
  private interface Lookup {
    Operand<TFloat32> vectors(
        Ops tf, Weights weights, Kernels kernels, long width, Initializer init);
  }

  private final int count;
  private final Lookup lookup;

  private ClassVectors(int count, Lookup lookup) {
    this.count = count;
    this.lookup = lookup;
  }

  /**
   * One class per image.
   *
   * @param labels whole numbers [N], each below {@code count}
   * @param count the number of classes
   */
  public static ClassVectors ofLabels(Operand<? extends TNumber> labels, int count) {
    return new ClassVectors(
        count,
        (tf, weights, kernels, width, init) ->
            Embedding.apply(tf, weights, kernels, labels, count, width, init));
  }

  /**
   * Soft labels: an image's vector is the mean of the classes' under its probabilities.
   *
   * @param probabilities [N, count], every row summing to 1
   */
  public static ClassVectors ofProbabilities(Operand<TFloat32> probabilities) {
    return new ClassVectors(
        Math.toIntExact(probabilities.shape().get(1)),
        (tf, weights, kernels, width, init) ->
            Embedding.expected(tf, weights, kernels, probabilities, width, init));
  }

  /**
   * The classes of these images and of the rotated ones that {@link Rotation#withTurned} puts
   * behind them: a rotated image is of the same class.
   *
   * @param from the first image that is rotated
   * @param turned how many are
   */
  public ClassVectors withTurned(int from, int turned) {
    return new ClassVectors(
        count,
        (tf, weights, kernels, width, init) -> {
          Operand<TFloat32> upright = vectors(tf, weights, kernels, width, init);
          Operand<TFloat32> some = Rows.of(tf, upright, from, turned);
          return tf.concat(List.of(upright, some, some, some), tf.constant(0));
        });
  }

  /** The number of classes. */
  public int count() {
    return count;
  }

  /**
   * The images' vectors, from the table in {@code weights}.
   *
   * @param width the length of a vector
   * @return [N, width]
   */
  Operand<TFloat32> vectors(
      Ops tf, Weights weights, Kernels kernels, long width, Initializer init) {
    return lookup.vectors(tf, weights, kernels, width, init);
  }
}
