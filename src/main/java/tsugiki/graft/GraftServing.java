package tsugiki.graft;

import java.util.List;
import java.util.Map;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.model.BigGanArchitecture;
import tsugiki.savedmodel.ExportedGenerator;
import tsugiki.savedmodel.ExportedNetwork;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.SavedModelWriter;

/**
 * A trained graft as a SavedModel: input {@code z}, outputs {@code images} and {@code
 * images_float}.
 */
final class GraftServing {
  /** The kind in a model's description. */
  static final String KIND = "grafted-biggan";

  /** What it takes to build the network again. */
  record Description(BigGanArchitecture architecture, GraftMethod method, SiteLayers layers) {}

  private GraftServing() {}

  /**
   * The model on its way to a folder.
   *
   * @param values its weights by name
   * @param latents the latent vectors of the training images, one per row
   */
  static SavedModelWriter writer(
      GraftedGenerator generator, Map<String, float[]> values, float[] latents, String card) {
    Description description =
        new Description(
            generator.architecture(), generator.method().exported(), generator.layers());
    return new SavedModelWriter(
            network(description),
            values,
            ModelMetadata.of(
                KIND,
                generator.architecture().latent(),
                generator.architecture().size(),
                List.of(),
                description),
            card,
            SavedModelWriter.Precision.FLOAT)
        .withLatents(latents);
  }

  private static ExportedNetwork network(Description description) {
    return (tf, weights) -> {
      Placeholder<TFloat32> z = ExportedGenerator.latent(tf, description.architecture().latent());
      GraftedGenerator generator =
          new GraftedGenerator(
              description.architecture(), description.method(), description.layers(), weights);
      return ExportedGenerator.signature(
          tf, z, null, generator.apply(tf.withSubScope("Generator"), z));
    };
  }
}
