package tsugiki.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss as a weighted sum of terms. The sum and its named terms are measured in every step; a term
 * is measured without its weight.
 */
public final class LossSum {
  private final Ops tf;
  private final String name;
  private final Map<String, Operand<TFloat32>> terms = new LinkedHashMap<>();
  private final List<Operand<TFloat32>> parts = new ArrayList<>();
  private Operand<TFloat32> total;

  /**
   * Begins an empty sum.
   *
   * @param tf the scope that the sum lies in
   * @param name what the sum is measured as
   */
  public LossSum(Ops tf, String name) {
    this.tf = tf;
    this.name = name;
  }

  /** Adds a term of weight 1 that is not measured by itself. */
  public LossSum add(Operand<TFloat32> term) {
    if (total != null) {
      throw new IllegalStateException("the loss " + name + " is complete");
    }
    parts.add(term);
    return this;
  }

  /** Adds a term of weight 1. */
  public LossSum add(String term, Operand<TFloat32> value) {
    terms.put(term, value);
    return add(value);
  }

  /**
   * Adds a term.
   *
   * @param term what it is measured as
   * @param value a scalar
   * @param weight its factor in the sum
   */
  public LossSum add(String term, Operand<TFloat32> value, float weight) {
    terms.put(term, value);
    return add(tf.math.mul(value, tf.constant(weight)));
  }

  /** The sum, a scalar; nothing can be added afterwards. */
  public Operand<TFloat32> total() {
    if (total == null) {
      total = parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
    }
    return total;
  }

  /** The named terms without their weights. */
  public Map<String, Operand<TFloat32>> terms() {
    return new LinkedHashMap<>(terms);
  }

  /** The sum under its name, and the named terms without their weights. */
  public Map<String, Operand<TFloat32>> measured() {
    Map<String, Operand<TFloat32>> all = new LinkedHashMap<>();
    all.put(name, total());
    all.putAll(terms);
    return all;
  }
}
