package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Randomness;

/** Draws the labels of generated images. */
final class FakeLabels {
  private FakeLabels() {}

  /**
   * Draws them.
   *
   * @param purpose of the draw
   * @param count how many
   * @param labels gives the distribution of the labels
   * @return [count]
   */
  static Operand<TInt64> draw(
      Ops tf, Randomness random, String purpose, long count, TrainingLabels labels) {
    Shape shape = Shape.of(count);
    return labels.fakes().isUniform()
        ? random.integers(tf, purpose, shape, labels.classNames().size())
        : random.draws(tf, purpose, shape, labels.fakes().toArray());
  }
}
