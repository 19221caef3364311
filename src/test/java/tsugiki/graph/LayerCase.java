package tsugiki.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One layer, loss or augmentation in one setting, and the independent arithmetic that it must agree
 * with. All of them are called layers here.
 *
 * @param entry the public method it covers, such as {@code Conv2d.same}
 * @param setting what sets it apart from other cases of the same entry
 * @param inputs the shapes of its inputs
 * @param settling how many times its pending updates are applied before its output is taken
 * @param step half the distance of its central differences
 * @param build builds it
 * @param oracle computes the same from the same numbers
 */
record LayerCase(
    String entry,
    String setting,
    List<int[]> inputs,
    int settling,
    double step,
    Build build,
    Oracle oracle) {
  /** The graph's rounding, about 1e-6 in a sum, asks for a long step; so do smooth layers. */
  static final double STEP = 1e-2;

  /** Builds the layer on its inputs. */
  interface Build {
    Operand<TFloat32> build(
        Ops tf, Weights weights, PendingUpdates updates, List<Operand<TFloat32>> inputs);
  }

  /** Computes the layer's output from its weights by name and its inputs. */
  interface Oracle {
    Values compute(Map<String, Values> weights, List<Values> inputs);
  }

  @Override
  public String toString() {
    return setting.isEmpty() ? entry : entry + " (" + setting + ")";
  }
}
