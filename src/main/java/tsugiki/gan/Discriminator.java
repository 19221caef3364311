package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What tells real images from generated ones. */
@FunctionalInterface
public interface Discriminator {
  /**
   * Scores images.
   *
   * @param images [N, S, S, 3] in [−1, 1], augmented
   * @param labels the classes that they are said to show [N]
   * @return scores, higher for what looks real, of any shape with N first
   */
  Operand<TFloat32> score(Ops tf, Operand<TFloat32> images, Operand<TInt64> labels);
}
