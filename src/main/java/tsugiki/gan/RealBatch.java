package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.Pixels;
import tsugiki.graph.Replicas;
import tsugiki.graph.Tensors;
import tsugiki.model.ClassVectors;
import tsugiki.train.Step;

/** The feeds of a step: its training images and their labels. */
final class RealBatch {
  private final Ops tf;
  private final TrainingLabels known;
  private final Placeholder<TUint8> images;
  private final Placeholder<TInt64> labels;
  private final Placeholder<TFloat32> probabilities;

  /**
   * Makes the placeholders.
   *
   * @param tf their scope
   * @param batch images per step, of all replicas
   * @param side of the images in pixels
   * @param known the labels of all training images; soft ones need other placeholders than hard
   *     ones
   */
  RealBatch(Ops tf, int batch, int side, TrainingLabels known) {
    this.tf = tf;
    this.known = known;
    images =
        tf.withName("images")
            .placeholder(TUint8.class, Placeholder.shape(Shape.of(batch, side, side, 3)));
    labels = tf.withName("labels").placeholder(TInt64.class, Placeholder.shape(Shape.of(batch)));
    probabilities =
        tf.withName("probabilities")
            .placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(batch, known.classNames().size())));
  }

  /** The images of a replica's share [share, side, side, 3] in [−1, 1]. */
  Operand<TFloat32> images() {
    return Pixels.toFloats(tf, Replicas.rows(tf, images));
  }

  /** Their labels [share], {@link TrainingLabels#UNKNOWN} for those that are not known. */
  Operand<TInt64> labels() {
    return Replicas.rows(tf, labels);
  }

  /** Their classes, of a batch in which all are known. */
  ClassVectors classes() {
    return known.soft()
        ? ClassVectors.ofProbabilities(Replicas.rows(tf, probabilities))
        : ClassVectors.ofLabels(labels(), known.classNames().size());
  }

  /**
   * The tensors of a batch; the caller closes them.
   *
   * @param pixels uint8 [batch, side, side, 3]
   * @param chosen indices of the training images [batch]
   * @param epochs of each [batch]
   */
  Step.Batch feeds(byte[] pixels, int[] chosen, long[] epochs) {
    Map<Placeholder<?>, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(images, Tensors.bytes(images.shape(), pixels));
    if (known.soft()) {
      tensors.put(probabilities, Tensors.floats(probabilities.shape(), rows(chosen)));
    } else {
      long[] values = new long[chosen.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = known.label(chosen[i], epochs[i]);
      }
      tensors.put(labels, Tensors.longs(values));
    }
    return new Step.Batch(tensors);
  }

  private float[] rows(int[] chosen) {
    int classes = known.classNames().size();
    float[] rows = new float[chosen.length * classes];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(known.probabilities(chosen[i]), 0, rows, i * classes, classes);
    }
    return rows;
  }
}
