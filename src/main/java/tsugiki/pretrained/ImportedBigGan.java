package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanDeepArchitecture;
import tsugiki.model.BigGanDiscriminator;
import tsugiki.model.GeneratorArchitecture;
import tsugiki.model.GeneratorHook;
import tsugiki.savedmodel.ExportedDiscriminator;
import tsugiki.savedmodel.ExportedGenerator;
import tsugiki.savedmodel.ExportedNetwork;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.SavedModelWriter.Precision;

/**
 * A published BigGAN as the project's own network: the weights by our names, in our arrangement,
 * spectral norms divided out.
 *
 * @param format whose it was
 * @param source the file or folder that it came from
 * @param sha256 of what was read of it
 * @param architecture its shape
 * @param generator whether it is a generator; otherwise it is a discriminator
 * @param values its weights
 */
public record ImportedBigGan(
    ImportFormat format,
    Path source,
    String sha256,
    GeneratorArchitecture architecture,
    boolean generator,
    Map<String, float[]> values) {

  /** A served discriminator: the shape of the networks, and which heads it has. */
  private record ServedHeads(
      BigGanArchitecture architecture, boolean classHead, boolean turnHead) {}

  /** Takes every weight that the network has out of a published file. */
  static ImportedBigGan of(
      ImportFormat format,
      Path source,
      String sha256,
      boolean generator,
      PublishedArrays arrays,
      PublishedLayout layout) {
    GeneratorArchitecture architecture = layout.architecture();
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Weight weight : weights(network(architecture, generator))) {
      String path = weight.name().substring(weight.name().indexOf('/') + 1);
      int cut = path.lastIndexOf('/');
      values.put(
          weight.name(),
          layout.value(
              path.substring(0, Math.max(0, cut)),
              path.substring(cut + 1),
              weight.shape().asArray()));
    }
    arrays.finish();
    return new ImportedBigGan(format, source, sha256, architecture, generator, values);
  }

  /** The same as what was found in an archive. */
  ImportedBigGan from(Path archive, String digest) {
    return new ImportedBigGan(format, archive, digest, architecture, generator, values);
  }

  private static List<Weight> weights(ExportedNetwork network) {
    try (Graph graph = new Graph()) {
      Weights weights = Weights.frozen();
      network.build(GraphScope.ops(graph), weights);
      return weights.all();
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "the published file's shapes make no network (%s); get the file again"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Builds what is served. */
  public ExportedNetwork network() {
    return network(architecture, generator);
  }

  private static ExportedNetwork network(GeneratorArchitecture architecture, boolean generator) {
    return generator
        ? ExportedGenerator.bigGan(architecture, GeneratorHook.NONE)
        : ExportedDiscriminator.of(
            architecture.size(),
            architecture.classes(),
            false,
            false,
            (tf, weights, images) ->
                new BigGanDiscriminator(discriminator(architecture), weights, Kernels.PLAIN)
                    .apply(tf, images));
  }

  /** No discriminator but BigGAN's is published. */
  private static BigGanArchitecture discriminator(GeneratorArchitecture architecture) {
    return (BigGanArchitecture) architecture;
  }

  /** Channels over the base number, in the order of the blocks. */
  List<Integer> multipliers() {
    return generator
        ? architecture.generatorMultipliers()
        : discriminator(architecture).discriminatorMultipliers();
  }

  private String kind() {
    if (!generator) {
      return ModelMetadata.DISCRIMINATOR;
    }
    return architecture instanceof BigGanDeepArchitecture
        ? ModelMetadata.BIGGAN_DEEP
        : ModelMetadata.BIGGAN;
  }

  private Record described() {
    return generator
        ? (Record) architecture
        : new ServedHeads(discriminator(architecture), false, false);
  }

  /** The number of weights, statistics among them. */
  public long count() {
    return values.values().stream().mapToLong(value -> value.length).sum();
  }

  /**
   * Writes it as a SavedModel.
   *
   * @param classNames the names of its classes, or none
   * @param half whether the file holds kernels in 16 bits
   * @param folder where to; a model that was there is replaced
   * @throws BadInputException if there are names for another number of classes, or the folder holds
   *     something else
   */
  public void write(List<String> classNames, boolean half, Path folder) {
    if (!classNames.isEmpty() && classNames.size() != architecture.classes()) {
      throw new BadInputException(
          "⟨classNames⟩ has %d names where %s has %d classes; give one name a line"
              .formatted(classNames.size(), source, architecture.classes()));
    }
    new SavedModelWriter(
            network(),
            values,
            ModelMetadata.of(
                kind(),
                generator ? architecture.latent() : 0,
                architecture.size(),
                classNames,
                described()),
            ImportCard.of(this, classNames, half),
            half ? Precision.HALF : Precision.FLOAT)
        .write(folder);
  }
}
