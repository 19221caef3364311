package tsugiki.savedmodel;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.GeneratorHook;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.SavedModelWriter.Precision;

/** A BigGAN of 32 pixels with random weights, and what it draws where it was made. */
public record TinyGenerator(
    BigGanArchitecture architecture, Map<String, float[]> values, float[] drawn) {
  public static final List<String> CLASSES = List.of("rose", "tulip", "lily");
  static final long[] LABELS = {2, 0, 1, 1};

  public static TinyGenerator make() {
    return make(BigGanArchitecture.standard(32, 4, CLASSES.size()));
  }

  static TinyGenerator make(BigGanArchitecture architecture) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights weights = Weights.create(5, name -> false);
      ModelSignature signature =
          ExportedGenerator.bigGan(architecture, GeneratorHook.NONE)
              .build(GraphScope.ops(graph), weights)
              .byKey()
              .get(ModelSignature.KEY);
      weights.all().forEach(weight -> WeightValues.set(session, weight, random(weight)));
      weights.derive(session);
      try (TFloat32 z =
              Tensors.floats(Shape.of(LABELS.length, architecture.latent()), z(architecture));
          TInt64 label = Tensors.longs(LABELS);
          Result result =
              session
                  .runner()
                  .feed((Operand<?>) signature.inputs().get("z"), (Tensor) z)
                  .feed((Operand<?>) signature.inputs().get("label"), (Tensor) label)
                  .fetch(signature.outputs().get("images_float"))
                  .run()) {
        float[] drawn = Tensors.toFloats((TFloat32) result.get(0));
        return new TinyGenerator(architecture, WeightValues.get(session, weights.all()), drawn);
      }
    }
  }

  float[] z() {
    return z(architecture);
  }

  public SavedModelWriter writer(Precision precision) {
    return new SavedModelWriter(
        ExportedGenerator.bigGan(architecture, GeneratorHook.NONE),
        values,
        ModelMetadata.of(
            ModelMetadata.BIGGAN,
            architecture.latent(),
            architecture.size(),
            CLASSES,
            architecture),
        "# A generator for tests\n",
        precision);
  }

  /** Near 1 where it must be positive, and of the size that keeps a map's. */
  private static float[] random(Weight weight) {
    int dimensions = weight.shape().numDimensions();
    double fanIn =
        dimensions < 2 ? 16 : (double) weight.count() / weight.shape().get(dimensions - 1);
    double mean = weight.name().matches(".*(variance|norm/gain|gamma)") ? 1 : 0;
    Random random = new Random(weight.name().hashCode());
    float[] values = new float[Math.toIntExact(weight.count())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + random.nextDouble(-1, 1) / Math.sqrt(fanIn));
    }
    return values;
  }

  private static float[] z(BigGanArchitecture architecture) {
    return LatentDraws.normal(architecture.latent(), 1, 0, 1, 2, 3);
  }
}
