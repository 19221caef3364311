package tsugiki.train;

import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Randomness;

/**
 * The scalars that every step is fed with: the number of the update and the key of random numbers.
 * They come before the networks, which draw from {@link #random}; several steps of one graph share
 * them.
 */
public final class StepInputs {
  private final Placeholder<TFloat32> update;
  private final Randomness random;

  /**
   * Makes the placeholders {@code update} and {@code step}.
   *
   * @param tf the scope that they lie in
   * @param seed of all that is random in the steps
   */
  public StepInputs(Ops tf, long seed) {
    update = tf.withName("update").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    random = new Randomness(tf, seed);
  }

  /** The source of the random numbers of a step. */
  public Randomness random() {
    return random;
  }

  /** The number of the update, from 1, a float scalar. */
  Placeholder<TFloat32> update() {
    return update;
  }

  /** The tensors of one step. */
  Feeds feeds(long number, long key) {
    return new Feeds(TFloat32.scalarOf(number + 1), TInt64.scalarOf(key));
  }

  /** What is fed to one run; closes its tensors. */
  final class Feeds implements AutoCloseable {
    private final TFloat32 count;
    private final TInt64 key;

    private Feeds(TFloat32 count, TInt64 key) {
      this.count = count;
      this.key = key;
    }

    void to(Session.Runner runner) {
      runner.feed(update, count).feed(random.step(), key);
    }

    @Override
    public void close() {
      count.close();
      key.close();
    }
  }
}
