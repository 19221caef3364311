package tsugiki.pretrained;

import com.google.common.primitives.Floats;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ModelSignature;
import tsugiki.weights.MapArrays;
import tsugiki.weights.NamedArrays;
import tsugiki.weights.WeightFiles;

/** What an imported network computes, and what the peer computed that wrote its file. */
final class ImportedRun {
  private static final String TRUNCATION = "truncation";

  private final NamedArrays golden;

  /** With the {@code golden.npz} of a folder. */
  ImportedRun(Path folder) {
    golden = WeightFiles.open("golden", folder.resolve("golden.npz"));
  }

  /** What the peer computed. */
  float[] expected(String name) {
    return golden.values(name);
  }

  /** Everything in a file, to be changed. */
  static MapArrays copy(NamedArrays arrays) {
    return copy(arrays, name -> true);
  }

  /**
   * The same without some arrays.
   *
   * @param wanted which are copied
   */
  static MapArrays copy(NamedArrays arrays, Predicate<String> wanted) {
    MapArrays copy = new MapArrays();
    arrays.names().stream()
        .filter(wanted)
        .forEach(name -> copy.put(name, arrays.values(name), arrays.shape(name)));
    return copy;
  }

  /**
   * Makes of a checkpoint one of a module within a graph, and without averages: these take the
   * places of the plain weights.
   *
   * @param average how the names of averages end
   */
  static void moveBelowAModule(MapArrays arrays, String average) {
    for (String name : List.copyOf(arrays.names())) {
      float[] values = arrays.values(name);
      long[] shape = arrays.shape(name);
      boolean averaged = arrays.names().contains(name + average);
      arrays.remove(name);
      if (!averaged) {
        arrays.put("module/" + name.replace(average, ""), values, shape);
      }
    }
  }

  /** The images of the golden latent vectors, by the network that would be written. */
  float[] images(ImportedBigGan model) {
    return images(model, golden.names().contains(TRUNCATION) ? expected(TRUNCATION) : null);
  }

  /**
   * The same with other truncations.
   *
   * @param truncations of each image; null for a network that takes none
   */
  float[] images(ImportedBigGan model, float[] truncations) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights weights = Weights.frozen();
      ModelSignature signature =
          model.network().build(GraphScope.ops(graph), weights).byKey().get(ModelSignature.KEY);
      Map<Weight, float[]> values = new HashMap<>();
      weights.all().forEach(weight -> values.put(weight, model.values().get(weight.name())));
      WeightValues.set(session, values);
      weights.derive(session);
      Operand<?> images = signature.outputs().get("images_float");
      return drawn(
          truncations,
          inputs -> {
            Session.Runner runner = session.runner();
            inputs.forEach((name, tensor) -> runner.feed(signature.inputs().get(name), tensor));
            return floats(runner.fetch(images));
          });
    }
  }

  /** One batch of all images, or one of each where they have truncations. */
  private float[] drawn(float[] truncations, Function<Map<String, Tensor>, float[]> run) {
    int count = (int) golden.shape("z")[0];
    int size = truncations == null ? count : 1;
    float[] all = new float[0];
    for (int first = 0; first < count; first += size) {
      float truncation = truncations == null ? 0 : truncations[first];
      try (Tensor z = z(first, size);
          Tensor label = label(first, size);
          Tensor scalar = TFloat32.scalarOf(truncation)) {
        Map<String, Tensor> inputs = new HashMap<>(Map.of("z", z, "label", label));
        if (truncations != null) {
          inputs.put(TRUNCATION, scalar);
        }
        all = Floats.concat(all, run.apply(inputs));
      }
    }
    return all;
  }

  /** An output of a SavedModel on the golden inputs, as any loader would get it. */
  float[] served(Path model, String output) {
    try (SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve");
        Tensor pictures = pictures()) {
      SignatureDef signature = bundle.metaGraphDef().getSignatureDefOrThrow(ModelSignature.KEY);
      float[] truncations = signature.containsInputs(TRUNCATION) ? expected(TRUNCATION) : null;
      return drawn(
          truncations,
          inputs -> {
            inputs.put("images", pictures);
            Session.Runner runner = bundle.session().runner();
            signature
                .getInputsMap()
                .forEach((name, info) -> runner.feed(info.getName(), inputs.get(name)));
            return floats(runner.fetch(signature.getOutputsOrThrow(output).getName()));
          });
    }
  }

  /** The largest difference between two lists of numbers. */
  static double distance(float[] a, float[] b) {
    double most = a.length == b.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  private static float[] floats(Session.Runner runner) {
    try (Result result = runner.run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  private Tensor z(int first, int count) {
    int width = (int) golden.shape("z")[1];
    float[] rows = Arrays.copyOfRange(golden.values("z"), first * width, (first + count) * width);
    return Tensors.floats(Shape.of(count, width), rows);
  }

  private Tensor label(int first, int count) {
    float[] labels = golden.values("label");
    long[] whole = new long[count];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (long) labels[first + i];
    }
    return TInt64.vectorOf(whole);
  }

  private Tensor pictures() {
    if (!golden.names().contains("pictures")) {
      return TUint8.scalarOf((byte) 0);
    }
    float[] pixels = golden.values("pictures");
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) pixels[i];
    }
    return Tensors.bytes(Shape.of(golden.shape("pictures")), bytes);
  }
}
