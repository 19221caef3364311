package tsugiki.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;
import tsugiki.model.ClassVectors;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.PatchDiscriminator;
import tsugiki.model.ProjectedDiscriminator;

/**
 * The discriminator of a projected GAN (Sauer et al. 2021): its features are the maps of a frozen
 * network, and small heads on them are trained. A {@link PatchDiscriminator} of the images
 * themselves may stand beside them. It goes with any generator.
 */
public final class ProjectedNetwork implements DiscriminatorNetwork {
  private final FrozenNetwork network;
  private final Weights frozen = Weights.frozen().in("projector");
  private final int side;
  private final int width;
  private final int nativeWidth;

  /**
   * Makes it for one training.
   *
   * @param network the frozen network
   * @param side images are resized to this many pixels before it
   * @param width the channels of the heads
   * @param nativeWidth the channels of a {@link PatchDiscriminator} beside them, 0 for none
   */
  public ProjectedNetwork(FrozenNetwork network, int side, int width, int nativeWidth) {
    this.network = network;
    this.side = side;
    this.width = width;
    this.nativeWidth = nativeWidth;
  }

  /**
   * The discriminator of a training: one on a frozen network, or the networks' own.
   *
   * @param network the frozen network, where there is one
   */
  static DiscriminatorNetwork orOwn(
      Optional<FrozenNetwork> network, DiscriminatorOptions choice, GanNetworks networks) {
    int side = choice.projectorSide() > 0 ? choice.projectorSide() : networks.imageSize();
    return network
        .<DiscriminatorNetwork>map(
            frozen ->
                new ProjectedNetwork(frozen, side, choice.projectionWidth(), choice.nativeWidth()))
        .orElse(networks);
  }

  @Override
  public List<Operand<TFloat32>> features(Ops tf, Layers layers, Operand<TFloat32> images) {
    List<Operand<TFloat32>> maps =
        network.maps(tf.withSubScope("Projector"), frozen, resized(tf, images));
    if (nativeWidth == 0) {
      return maps;
    }
    List<Operand<TFloat32>> all = new ArrayList<>(maps);
    all.add(
        new PatchDiscriminator(layers.weights().in("patches"), layers.kernels(), nativeWidth)
            .apply(tf.withSubScope("Patches"), images));
    return all;
  }

  @Override
  public Operand<TFloat32> score(
      Ops tf, Layers layers, List<Operand<TFloat32>> features, ClassVectors classes) {
    ProjectedDiscriminator heads =
        new ProjectedDiscriminator(layers.weights(), layers.kernels(), width);
    if (nativeWidth == 0) {
      return heads.apply(tf, features, classes);
    }
    int maps = features.size() - 1;
    return tf.concat(
        List.of(heads.apply(tf, features.subList(0, maps), classes), features.get(maps)),
        tf.constant(1));
  }

  private Operand<TFloat32> resized(Ops tf, Operand<TFloat32> images) {
    return images.shape().get(1) == side ? images : Resample.bilinear(tf, images, side, side);
  }

  @Override
  public void fill(Session session) {
    network.fill(session, frozen);
  }
}
