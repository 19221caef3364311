package tsugiki.gan;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.model.ClassVectors;
import tsugiki.model.DiscriminatorHeads;

/**
 * A discriminator that a GAN trains: a function from images to hidden features. Heads (score,
 * rotation, class) are attached to the features outside it.
 */
public interface DiscriminatorNetwork {
  /**
   * Builds it; called several times with the same weights in one graph.
   *
   * @param tf its scope
   * @param layers what its layers are made from
   * @param images [N, S, S, 3] in [−1, 1]
   * @return hidden features, each with N first; heads of rotation and class take the first, [N, C]
   */
  List<Operand<TFloat32>> features(Ops tf, Layers layers, Operand<TFloat32> images);

  /**
   * Scores images by their features: a linear head, with a projection on the class where there are
   * several classes.
   *
   * @param features of {@link #features}, or some rows of them
   * @param classes the images' classes
   * @return scores, higher for images that look real, of any shape with N first
   */
  default Operand<TFloat32> score(
      Ops tf, Layers layers, List<Operand<TFloat32>> features, ClassVectors classes) {
    return new DiscriminatorHeads(layers.weights(), layers.kernels())
        .score(tf, features.get(0), classes);
  }

  /**
   * Its layers or blocks from the image on, each by the paths of its weights below the
   * discriminator's. The first of them can be frozen.
   *
   * @return empty where none can
   */
  default List<List<String>> layers() {
    return List.of();
  }

  /** Fills what is frozen in it; called once after the graph is built. */
  default void fill(Session session) {}
}
