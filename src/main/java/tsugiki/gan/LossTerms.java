package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A loss as a weighted sum, whose terms are measured too. */
final class LossTerms {
  private final Ops tf;
  private final Map<String, Operand<TFloat32>> extra = new LinkedHashMap<>();
  private Operand<TFloat32> total;

  /** Begins with the game between the networks. */
  LossTerms(Ops tf, Operand<TFloat32> game) {
    this.tf = tf;
    total = game;
  }

  /**
   * Adds a term.
   *
   * @param name that it is measured under, without its weight
   * @param term a scalar
   */
  void add(String name, Operand<TFloat32> term, float weight) {
    extra.put(name, term);
    total = tf.math.add(total, tf.math.mul(term, tf.constant(weight)));
  }

  /** The sum so far. */
  Operand<TFloat32> total() {
    return total;
  }

  /** The terms that were added, by name. */
  Map<String, Operand<TFloat32>> extra() {
    return extra;
  }
}
