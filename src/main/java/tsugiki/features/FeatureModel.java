package tsugiki.features;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.data.ImageSet;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.pretrained.StarterNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ExportedFeatureNetwork;
import tsugiki.savedmodel.ExportedNetwork;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.ModelSignature;
import tsugiki.savedmodel.SavedModelWriter;

/**
 * A trained feature network, or a discriminator with a class head, from its SavedModel: its
 * features of images, and their predicted classes. The graph is built here and not loaded, so that
 * nothing foreign runs.
 */
public final class FeatureModel implements AutoCloseable {
  private static final int CHUNK = 64;

  /**
   * The features and the predicted classes of N images, in row-major order.
   *
   * @param images N
   * @param features [N, D]
   * @param probabilities of the classes [N, C], rows that sum to 1
   */
  public record Answers(int images, float[] features, float[] probabilities) {}

  private final Graph graph = new Graph();
  private final ModelSignature signature;
  private final Operand<?> probabilities;
  private final Session session;

  private FeatureModel(ExportedNetwork network, Path folder, Sessions.Settings settings) {
    Weights weights = Weights.frozen();
    Ops tf = GraphScope.ops(graph);
    signature = network.build(tf, weights).byKey().get(ModelSignature.KEY);
    probabilities = tf.nn.softmax(logits());
    session = Sessions.open(graph, settings);
    try {
      fill(weights, folder);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void fill(Weights weights, Path folder) {
    Map<String, Weight> byName = new LinkedHashMap<>();
    weights.all().forEach(weight -> byName.put(weight.name(), weight));
    Map<Weight, float[]> values = new LinkedHashMap<>();
    TensorBundle.read(SavedModelWriter.variables(folder), byName.keySet())
        .forEach((name, entry) -> values.put(byName.get(name), entry.values()));
    WeightValues.set(session, values);
    weights.derive(session);
  }

  /**
   * Opens one.
   *
   * @param folder its SavedModel
   * @param settings of the session
   * @throws tsugiki.base.BadInputException if the folder holds no feature network
   */
  public static FeatureModel open(Path folder, Sessions.Settings settings) {
    StarterNetwork network = StarterNetwork.at(folder);
    return new FeatureModel(
        ExportedFeatureNetwork.of(network.architecture(), network.side()), folder, settings);
  }

  /**
   * Opens any network with the outputs {@link ExportedFeatureNetwork#FEATURES} and {@link
   * ExportedFeatureNetwork#CLASS_LOGITS}, such as a discriminator that was trained to predict
   * classes and takes images of its own size.
   *
   * @param network builds it as it is served
   * @param folder its SavedModel
   * @param settings of the session
   * @throws tsugiki.base.BadInputException if the folder holds no such weights
   */
  public static FeatureModel of(ExportedNetwork network, Path folder, Sessions.Settings settings) {
    return new FeatureModel(network, folder, settings);
  }

  private Operand<TFloat32> logits() {
    return signature
        .outputs()
        .get(ExportedFeatureNetwork.CLASS_LOGITS)
        .asOutput()
        .expect(TFloat32.class);
  }

  /**
   * The classes that a network predicts, in the order of its probabilities; empty for one without.
   *
   * @param folder its SavedModel, which is read without TensorFlow's library
   * @throws tsugiki.base.BadInputException if the folder holds no feature network
   */
  public static List<String> classNames(Path folder) {
    StarterNetwork.at(folder);
    return ModelMetadata.read(folder).classNames();
  }

  /** The features and predicted classes of images of any size, or of a discriminator's own. */
  public Answers of(ImageSet images) {
    float[][] parts = new float[2][0];
    for (int from = 0; from < images.count(); from += CHUNK) {
      int to = Math.min(images.count(), from + CHUNK);
      int[] chosen = IntStream.range(from, to).toArray();
      add(parts, images.select(chosen), from, images.count());
    }
    return new Answers(images.count(), parts[0], parts[1]);
  }

  private void add(float[][] parts, ImageSet some, int from, int count) {
    Shape shape = Shape.of(some.count(), some.size(), some.size(), 3);
    try (TUint8 feed = Tensors.bytes(shape, some.pixels());
        Result result =
            session
                .runner()
                .feed(signature.inputs().get(ExportedFeatureNetwork.IMAGES).asOutput(), feed)
                .fetch(signature.outputs().get(ExportedFeatureNetwork.FEATURES))
                .fetch(probabilities)
                .run()) {
      for (int i = 0; i < parts.length; i++) {
        float[] rows = Tensors.toFloats((TFloat32) result.get(i));
        int width = rows.length / some.count();
        if (from == 0) {
          parts[i] = new float[Math.multiplyExact(width, count)];
        }
        System.arraycopy(rows, 0, parts[i], from * width, rows.length);
      }
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
