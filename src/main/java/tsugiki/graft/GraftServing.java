package tsugiki.graft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.model.GeneratorArchitecture;
import tsugiki.savedmodel.ExportedGenerator;
import tsugiki.savedmodel.ExportedNetwork;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.SlimModel;

/**
 * A trained graft as a SavedModel: input {@code z}, outputs {@code images} and {@code
 * images_float}.
 */
public final class GraftServing {
  /**
   * What it takes to build the network again.
   *
   * @param architecture of the generator below
   * @param method what the graft trained
   * @param layers its point-wise layers
   * @param earlier the grafts between, the first one first
   */
  record Description(
      GeneratorArchitecture architecture,
      GraftMethod method,
      SiteLayers layers,
      List<EarlierGraft> earlier) {
    /** The grafts that are a part of the rootstock of another. */
    List<EarlierGraft> all() {
      List<EarlierGraft> all = new ArrayList<>(earlier);
      all.add(new EarlierGraft(method, layers));
      return all;
    }
  }

  private GraftServing() {}

  /**
   * The model on its way to a folder.
   *
   * @param values its weights by name
   * @param latents the latent vectors of the training images, one per row
   * @param watch how samples are drawn, and whether the file holds kernels in 16 bits
   */
  static SavedModelWriter writer(
      GraftedGenerator generator,
      Map<String, float[]> values,
      float[] latents,
      String card,
      GraftWatchOptions watch) {
    Description description =
        new Description(
            generator.architecture(),
            generator.method().exported(),
            generator.layers(),
            generator.earlier());
    return new SavedModelWriter(
            network(description),
            values,
            ModelMetadata.of(
                    ModelMetadata.GRAFT,
                    generator.architecture().latent(),
                    generator.architecture().size(),
                    List.of(),
                    description)
                .withTruncation(watch.cut() ? watch.truncation() : LatentDraws.UNTRUNCATED),
            card,
            watch.half() ? Precision.HALF : Precision.FLOAT)
        .withLatents(latents);
  }

  /**
   * A slim graft and its rootstock, put together.
   *
   * @param rootstock where the rootstock lies now; empty for where it was
   * @param half whether the file holds kernels in 16 bits
   * @throws BadInputException if the model is no graft, or the rootstock is not there, or another
   */
  public static SavedModelWriter whole(SlimModel slim, Optional<Path> rootstock, boolean half) {
    if (!slim.description().kind().equals(ModelMetadata.GRAFT)) {
      throw new BadInputException(
          "%s is a model of the kind %s and no graft; get it again"
              .formatted(slim.folder(), slim.description().kind()));
    }
    return new SavedModelWriter(
            network(slim.description().architecture(Description.class)),
            slim.weights(rootstock),
            slim.description(),
            slim.card(),
            half ? Precision.HALF : Precision.FLOAT)
        .withLatents(slim.latents());
  }

  private static ExportedNetwork network(Description description) {
    return (tf, weights) -> {
      Placeholder<TFloat32> z = ExportedGenerator.latent(tf, description.architecture().latent());
      GraftedGenerator generator =
          new GraftedGenerator(
              description.architecture(),
              description.method(),
              description.layers(),
              description.earlier(),
              weights);
      return ExportedGenerator.signature(
          tf, z, null, generator.apply(tf.withSubScope("Generator"), z));
    };
  }
}
