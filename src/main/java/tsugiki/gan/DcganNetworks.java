package tsugiki.gan;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.model.DcganArchitecture;
import tsugiki.model.DcganDiscriminator;
import tsugiki.model.DcganGenerator;

/**
 * The networks of DCGAN (Radford et al. 2016), with any activation.
 *
 * @param kind the recipe that they are of
 * @param architecture their shape
 */
public record DcganNetworks(String kind, DcganArchitecture architecture) implements GanNetworks {
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
    return architecture.classes() > 1;
  }

  @Override
  public boolean spectralNorm() {
    return false;
  }

  @Override
  public Operand<TFloat32> images(
      Ops tf, Layers layers, Operand<TFloat32> z, Operand<TInt64> labels) {
    return new DcganGenerator(
            architecture,
            layers.weights(),
            layers.kernels(),
            layers.statistics().settings(architecture.epsilon()))
        .apply(tf, z, labels);
  }

  /** The convolutions, each with its normalisation. */
  @Override
  public List<List<String>> layers() {
    return IntStream.range(0, architecture.discriminatorChannels().size())
        .mapToObj(i -> List.of("conv_" + i + "/"))
        .toList();
  }

  @Override
  public List<Operand<TFloat32>> features(Ops tf, Layers layers, Operand<TFloat32> images) {
    return List.of(
        new DcganDiscriminator(
                architecture,
                layers.weights(),
                layers.kernels(),
                layers.statistics().settings(architecture.epsilon()))
            .apply(tf, images));
  }
}
