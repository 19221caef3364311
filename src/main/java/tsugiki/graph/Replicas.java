package tsugiki.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Snapshot;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * The replicas of a training, each of which passes a share of every batch on a device of its own. A
 * graph is built for one of them: {@link #rows} takes its share of a batch, {@link #mean} stands
 * where all of them meet, and {@link ReplicatedGraph} makes copies of what lies between. All of
 * this leaves a graph of one replica as it is.
 */
public final class Replicas {
  /** What the constant is called that holds the number of a replica. */
  static final String INDEX = "replica_index";

  /** The operation that is the mean over all replicas: of one replica it is a copy. */
  static final String MEAN = Snapshot.OP_NAME;

  private Replicas() {}

  /** How many replicas the nodes of a scope are built for, see {@link GraphScope#ops}. */
  public static int count(Ops tf) {
    return tf.scope() instanceof GraphScope scope ? scope.replicas() : 1;
  }

  /**
   * A replica's share of a batch: of n replicas number r, from 0, has the rows r, r + n, r + 2n, …
   * The last rows of a batch are so the last ones of every share.
   *
   * @param batch [B, …], where n divides B
   * @return [B / n, …]
   */
  public static <T extends TType> Operand<T> rows(Ops tf, Operand<T> batch) {
    int count = count(tf);
    if (count == 1) {
      return batch;
    }
    long all = batch.shape().get(0);
    if (all % count != 0) {
      throw new IllegalArgumentException(count + " replicas do not divide a batch of " + all);
    }
    Ops scope = tf.withSubScope("OfReplica");
    return scope.stridedSlice(
        batch,
        scope.withName(INDEX).constant(new int[] {0}),
        scope.constant(new int[] {Math.toIntExact(all)}),
        scope.constant(new int[] {count}));
  }

  /**
   * The mean over all replicas of a value that each has computed. The gradient at a replica's value
   * is the mean of the gradients at the means, so that the mean over replicas of the gradients of
   * their losses is the gradient of the mean loss.
   *
   * @param own of any shape, the same in every replica
   */
  public static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> own) {
    return count(tf) == 1 ? own : Snapshot.create(tf.scope(), own);
  }
}
