package tsugiki.gan;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Embedding;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanDiscriminator;
import tsugiki.model.BigGanGenerator;
import tsugiki.model.GeneratorHook;
import tsugiki.savedmodel.ExportedGenerator;
import tsugiki.savedmodel.ExportedNetwork;
import tsugiki.savedmodel.ModelMetadata;

/**
 * The class-conditional networks of BigGAN (Brock et al. 2019).
 *
 * @param architecture their shape
 */
public record BigGanNetworks(BigGanArchitecture architecture) implements GanNetworks {
  @Override
  public int latentSize() {
    return architecture.latent();
  }

  @Override
  public int imageSize() {
    return architecture.size();
  }

  @Override
  public boolean conditional() {
    return true;
  }

  @Override
  public boolean spectralNorm() {
    return true;
  }

  @Override
  public String kind() {
    return ModelMetadata.BIGGAN;
  }

  @Override
  public Operand<TFloat32> images(
      Ops tf, Layers layers, Operand<TFloat32> z, Operand<TInt64> labels) {
    // The table of classes is not spectrally normalised, as in the published networks.
    Operand<TFloat32> classes =
        Embedding.apply(
            tf.withSubScope("Classes"),
            layers.weights().in("classes"),
            Kernels.PLAIN,
            labels,
            architecture.classes(),
            architecture.embedding(),
            Initializer.orthogonal(1));
    BatchNorm.Settings norm = layers.statistics().settings(architecture.epsilon());
    return new BigGanGenerator(architecture, layers.weights(), layers.kernels(), norm)
        .apply(tf, z, classes);
  }

  @Override
  public List<Operand<TFloat32>> features(Ops tf, Layers layers, Operand<TFloat32> images) {
    checkAttention();
    return List.of(
        new BigGanDiscriminator(architecture, layers.weights(), layers.kernels())
            .apply(tf, images));
  }

  private void checkAttention() {
    for (int i = 0; i < architecture.discriminatorMultipliers().size(); i++) {
      if (side(i) == architecture.attention()) {
        BigGanOptions.checkAttention(
            "discriminator", architecture.attention(), architecture.discriminatorChannels(i));
      }
    }
  }

  /** The side of the discriminator's map after a block. */
  private int side(int block) {
    return architecture.size() >> Math.min(block + 1, architecture.halvings());
  }

  /** The blocks; self-attention belongs to the block that it follows. */
  @Override
  public List<List<String>> layers() {
    List<List<String>> layers = new ArrayList<>();
    for (int i = 0; i < architecture.discriminatorMultipliers().size(); i++) {
      String block = "block_" + i + "/";
      layers.add(
          side(i) == architecture.attention() ? List.of(block, "attention/") : List.of(block));
    }
    return layers;
  }

  @Override
  public ExportedNetwork servedGenerator() {
    return ExportedGenerator.bigGan(architecture, GeneratorHook.NONE);
  }
}
