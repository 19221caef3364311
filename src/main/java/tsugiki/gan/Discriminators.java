package tsugiki.gan;

import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.exchange.FrozenNetwork;
import tsugiki.graph.Resample;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanDiscriminator;
import tsugiki.model.ProjectedDiscriminator;
import tsugiki.model.ProjectionHead;

/** The discriminators to choose from. */
public interface Discriminators {
  /** Makes the discriminator in the graph of a training. */
  Discriminator create(Weights weights, SpectralNorm kernels);

  /** Fills what is frozen in it; call it once after the graph is built. */
  void fill(Session session);

  /** BigGAN's own: a residual network, trained from nothing, with a projection head. */
  static Discriminators bigGan(BigGanArchitecture architecture) {
    return new Discriminators() {
      @Override
      public Discriminator create(Weights weights, SpectralNorm kernels) {
        BigGanDiscriminator network = new BigGanDiscriminator(architecture, weights, kernels);
        return (tf, images, labels) ->
            ProjectionHead.apply(
                tf.withSubScope("Head"),
                weights.in("head"),
                kernels,
                network.apply(tf, images),
                labels,
                architecture.classes());
      }

      @Override
      public void fill(Session session) {}
    };
  }

  /**
   * Heads on a frozen network.
   *
   * @param network the frozen network
   * @param side images are resized to this many pixels before it
   * @param width the channels of the heads
   */
  static Discriminators projected(
      FrozenNetwork network, int side, int width, BigGanArchitecture architecture) {
    Weights frozen = Weights.frozen().in("projector");
    return new Discriminators() {
      @Override
      public Discriminator create(Weights weights, SpectralNorm kernels) {
        ProjectedDiscriminator heads =
            new ProjectedDiscriminator(weights, kernels, width, architecture.classes());
        return (tf, images, labels) ->
            heads.apply(
                tf,
                network.maps(tf.withSubScope("Projector"), frozen, resized(tf, images)),
                labels);
      }

      private Operand<TFloat32> resized(Ops tf, Operand<TFloat32> images) {
        return images.shape().get(1) == side ? images : Resample.bilinear(tf, images, side, side);
      }

      @Override
      public void fill(Session session) {
        network.fill(session, frozen);
      }
    };
  }
}
