package tsugiki.gan;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;
import tsugiki.model.ClassVectors;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.ProjectedDiscriminator;

/**
 * The discriminator of a projected GAN (Sauer et al. 2021): its features are the maps of a frozen
 * network, and small heads on them are trained. It goes with any generator.
 */
public final class ProjectedNetwork implements DiscriminatorNetwork {
  private final FrozenNetwork network;
  private final Weights frozen = Weights.frozen().in("projector");
  private final int side;
  private final int width;

  /**
   * Makes it for one training.
   *
   * @param network the frozen network
   * @param side images are resized to this many pixels before it
   * @param width the channels of the heads
   */
  public ProjectedNetwork(FrozenNetwork network, int side, int width) {
    this.network = network;
    this.side = side;
    this.width = width;
  }

  @Override
  public List<Operand<TFloat32>> features(Ops tf, Layers layers, Operand<TFloat32> images) {
    return network.maps(tf.withSubScope("Projector"), frozen, resized(tf, images));
  }

  @Override
  public Operand<TFloat32> score(
      Ops tf, Layers layers, List<Operand<TFloat32>> features, ClassVectors classes) {
    return new ProjectedDiscriminator(layers.weights(), layers.kernels(), width)
        .apply(tf, features, classes);
  }

  private Operand<TFloat32> resized(Ops tf, Operand<TFloat32> images) {
    return images.shape().get(1) == side ? images : Resample.bilinear(tf, images, side, side);
  }

  @Override
  public void fill(Session session) {
    network.fill(session, frozen);
  }
}
