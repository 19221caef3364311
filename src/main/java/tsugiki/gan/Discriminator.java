package tsugiki.gan;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.model.ClassVectors;

/** What tells real images from generated ones. */
public interface Discriminator {
  /**
   * Looks at images.
   *
   * @param images [N, S, S, 3] in [−1, 1], augmented
   * @return hidden features, each with N first
   */
  List<Operand<TFloat32>> look(Ops tf, Operand<TFloat32> images);

  /**
   * Scores images by what was seen in them.
   *
   * @param seen of {@link #look}, or some rows of it
   * @param classes those that the images are said to show
   * @return scores, higher for what looks real, of any shape with N first
   */
  Operand<TFloat32> score(Ops tf, List<Operand<TFloat32>> seen, ClassVectors classes);
}
