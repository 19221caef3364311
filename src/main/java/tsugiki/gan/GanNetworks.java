package tsugiki.gan;

import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.savedmodel.ExportedDiscriminator;
import tsugiki.savedmodel.ExportedGenerator;
import tsugiki.savedmodel.ExportedNetwork;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.ModelMetadata;

/**
 * A pair of networks that a GAN trains: one class for each kind of GAN. {@link GanRecipes} names
 * the kinds.
 */
public interface GanNetworks extends GeneratorNetwork, DiscriminatorNetwork {
  /** Whether both networks train under spectral normalisation (Miyato et al. 2018). */
  boolean spectralNorm();

  /** The kind of the generator, as its model's description names it. */
  String kind();

  /** The shape of the networks: numbers, strings and lists, kept in the model's description. */
  Record architecture();

  /**
   * The generator as it is served: {@code z}, and {@code label} if it is conditional, to images.
   */
  default ExportedNetwork servedGenerator() {
    return (tf, weights) -> {
      Placeholder<TFloat32> z = ExportedGenerator.latent(tf, latentSize());
      Placeholder<TInt64> label =
          conditional()
              ? tf.withName(ExportedGenerator.LABEL)
                  .placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)))
              : null;
      Layers layers = Layers.served(weights.in(ExportedGenerator.SCOPE));
      return ExportedGenerator.signature(
          tf, z, label, images(tf.withSubScope("Generator"), layers, z, label));
    };
  }

  /**
   * The discriminator as it is served: its score, its hidden features, and its heads.
   *
   * @param classes the number of classes
   * @param classHead whether there is a class head
   * @param rotationHead whether there is a rotation head
   */
  default ExportedNetwork servedDiscriminator(
      int classes, boolean classHead, boolean rotationHead) {
    return ExportedDiscriminator.of(
        imageSize(),
        classes,
        classHead,
        rotationHead,
        (tf, weights, images) -> features(tf, Layers.served(weights), images).get(0));
  }

  /**
   * The description that lies beside a served generator.
   *
   * @param classNames the classes in the order of their labels; empty if it is not conditional
   */
  default ModelMetadata description(List<String> classNames) {
    return ModelMetadata.of(kind(), latentSize(), imageSize(), classNames, architecture())
        .withTruncation(LatentDraws.UNTRUNCATED);
  }
}
