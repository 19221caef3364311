package tsugiki.graft;

import java.util.List;
import java.util.Map;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.model.BigGanArchitecture;
import tsugiki.savedmodel.GeneratorServing;
import tsugiki.savedmodel.ModelDescription;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.ServingNetwork;

/**
 * A trained graft as a SavedModel: input {@code z}, outputs {@code images} and {@code
 * images_float}.
 */
final class GraftServing {
  /** The kind in a model's description. */
  static final String KIND = "grafted-biggan";

  /** What it takes to build the network again. */
  record Description(BigGanArchitecture architecture, GraftMethod method, int groupSize) {}

  private GraftServing() {}

  /** The model on its way to a folder. */
  static SavedModelWriter writer(
      GraftedGenerator generator, Map<String, float[]> values, String card) {
    Description description =
        new Description(generator.architecture(), generator.method(), generator.groupSize());
    return new SavedModelWriter(
        network(description),
        values,
        ModelDescription.of(
            KIND,
            generator.architecture().latent(),
            generator.architecture().size(),
            List.of(),
            description),
        card,
        SavedModelWriter.Precision.FLOAT);
  }

  private static ServingNetwork network(Description description) {
    return (tf, weights) -> {
      Placeholder<TFloat32> z = GeneratorServing.latent(tf, description.architecture().latent());
      GraftedGenerator generator =
          new GraftedGenerator(
              description.architecture(), description.method(), description.groupSize(), weights);
      return GeneratorServing.signature(
          tf, z, null, generator.apply(tf.withSubScope("Generator"), z));
    };
  }
}
