package tsugiki.gan;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Resample;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanDiscriminator;
import tsugiki.model.ClassVectors;
import tsugiki.model.DiscriminatorHeads;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.ProjectedDiscriminator;

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
        DiscriminatorHeads heads = new DiscriminatorHeads(weights, kernels);
        return new Discriminator() {
          @Override
          public List<Operand<TFloat32>> look(Ops tf, Operand<TFloat32> images) {
            return List.of(network.apply(tf, images));
          }

          @Override
          public Operand<TFloat32> score(
              Ops tf, List<Operand<TFloat32>> seen, ClassVectors classes) {
            return heads.score(tf, seen.get(0), classes);
          }
        };
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
  static Discriminators projected(FrozenNetwork network, int side, int width) {
    Weights frozen = Weights.frozen().in("projector");
    return new Discriminators() {
      @Override
      public Discriminator create(Weights weights, SpectralNorm kernels) {
        ProjectedDiscriminator heads = new ProjectedDiscriminator(weights, kernels, width);
        return new Discriminator() {
          @Override
          public List<Operand<TFloat32>> look(Ops tf, Operand<TFloat32> images) {
            return network.maps(tf.withSubScope("Projector"), frozen, resized(tf, images));
          }

          @Override
          public Operand<TFloat32> score(
              Ops tf, List<Operand<TFloat32>> seen, ClassVectors classes) {
            return heads.apply(tf, seen, classes);
          }
        };
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
