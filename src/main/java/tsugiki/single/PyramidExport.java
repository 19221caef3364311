package tsugiki.single;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Pixels;
import tsugiki.graph.Weights;
import tsugiki.model.PyramidNetwork;
import tsugiki.runtime.TensorBundle;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.ModelSignature;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.ServedSignatures;
import tsugiki.single.PyramidSizes.Size;

/**
 * Trained pyramids as SavedModels. {@code serving_default} takes the noise of all stages, {@code
 * noise_0} and on, and gives the image; {@code stage_0} takes the first stage's noise and gives its
 * features and its image; {@code stage_1} and on take the {@code features} of the stage before and
 * their own {@code noise}. Heights and widths are those of the noise. The features of SinGAN's
 * stages are their images before they are cut to [−1, 1].
 */
public final class PyramidExport {
  private static final String NOISE = "noise";
  private static final String FEATURES = "features";

  private PyramidExport() {}

  /**
   * Writes a pyramid.
   *
   * @param card the model card in Markdown
   * @param folder where to; a model that was there is replaced
   */
  public static void write(TrainedPyramid pyramid, String card, Path folder) {
    new SavedModelWriter(
            (tf, weights) -> signatures(tf, weights, pyramid.architecture()),
            pyramid.weights(),
            ModelMetadata.of(ModelMetadata.PYRAMID, 0, 0, List.of(), pyramid.architecture()),
            card,
            Precision.FLOAT)
        .write(folder);
  }

  /**
   * Reads a pyramid that {@link #write} wrote.
   *
   * @throws BadInputException if the folder holds none, or a damaged one
   */
  public static TrainedPyramid read(Path folder) {
    ModelMetadata description = ModelMetadata.read(folder);
    if (!description.kind().equals(ModelMetadata.PYRAMID)) {
      throw new BadInputException(
          "%s holds a model of the kind %s; give one that the verb single has trained"
              .formatted(folder, description.kind()));
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    TensorBundle.read(SavedModelWriter.variables(folder), description.weights())
        .forEach((name, entry) -> weights.put(name, entry.values()));
    return new TrainedPyramid(description.architecture(PyramidArchitecture.class), weights);
  }

  /**
   * The sizes of the noise that {@code serving_default} takes for an image of the training image's
   * size.
   *
   * @param folder of any SavedModel
   * @return by the names of the inputs; nothing where the model is no pyramid
   */
  public static Map<String, Size> noiseSizes(Path folder) {
    Optional<ModelMetadata> pyramid =
        ModelMetadata.find(folder).filter(found -> found.kind().equals(ModelMetadata.PYRAMID));
    if (pyramid.isEmpty()) {
      return Map.of();
    }
    PyramidArchitecture architecture = pyramid.get().architecture(PyramidArchitecture.class);
    StageMethod method = architecture.build();
    Map<String, Size> sizes = new LinkedHashMap<>();
    for (int stage = 0; stage < architecture.stages(); stage++) {
      Size image = architecture.size(stage);
      int more = stage == 0 ? 0 : 2 * method.margin(stage);
      sizes.put(NOISE + "_" + stage, new Size(image.height() + more, image.width() + more));
    }
    return sizes;
  }

  private static ServedSignatures signatures(
      Ops tf, Weights weights, PyramidArchitecture architecture) {
    StageMethod method = architecture.build();
    PyramidNetwork generator = method.network(weights.in(StageGraph.GENERATOR));
    List<Operand<TFloat32>> noise = new ArrayList<>();
    List<Operand<TFloat32>> amplitudes = new ArrayList<>();
    Map<String, Operand<?>> inputs = new LinkedHashMap<>();
    for (int stage = 0; stage < architecture.stages(); stage++) {
      noise.add(map(tf, NOISE + "_" + stage, method.noiseChannels(stage)));
      inputs.put(NOISE + "_" + stage, noise.get(stage));
      // The first stage's factor is 1, and the network does not read it.
      amplitudes.add(stage == 0 ? tf.constant(1f) : PyramidWeights.amplitude(tf, weights, stage));
    }
    Map<String, ModelSignature> all = new LinkedHashMap<>();
    Operand<TFloat32> image = whole(tf.withSubScope("Whole"), generator, noise, amplitudes);
    all.put(ModelSignature.KEY, new ModelSignature(inputs, outputs(tf, null, image)));
    for (int stage = 0; stage < architecture.stages(); stage++) {
      Ops scope = tf.withSubScope("Alone" + stage);
      all.put("stage_" + stage, alone(scope, generator, method, stage, amplitudes.get(stage)));
    }
    return () -> all;
  }

  private static Operand<TFloat32> whole(
      Ops tf,
      PyramidNetwork generator,
      List<Operand<TFloat32>> noise,
      List<Operand<TFloat32>> amplitudes) {
    Operand<TFloat32> map = generator.first(tf, noise.get(0));
    for (int stage = 1; stage < noise.size(); stage++) {
      map = generator.next(tf, stage, map, noise.get(stage), amplitudes.get(stage));
    }
    return generator.image(tf, map);
  }

  private static ModelSignature alone(
      Ops tf,
      PyramidNetwork generator,
      StageMethod method,
      int stage,
      Operand<TFloat32> amplitude) {
    Operand<TFloat32> noise = map(tf, NOISE, method.noiseChannels(stage));
    Map<String, Operand<?>> inputs = new LinkedHashMap<>();
    Operand<TFloat32> features;
    if (stage == 0) {
      features = generator.first(tf, noise);
    } else {
      Operand<TFloat32> before = map(tf, FEATURES, method.mapChannels());
      inputs.put(FEATURES, before);
      features = generator.next(tf, stage, before, noise, amplitude);
    }
    inputs.put(NOISE, noise);
    return new ModelSignature(inputs, outputs(tf, features, generator.image(tf, features)));
  }

  private static Map<String, Operand<?>> outputs(
      Ops tf, Operand<TFloat32> features, Operand<TFloat32> image) {
    Map<String, Operand<?>> outputs = new LinkedHashMap<>();
    if (features != null) {
      outputs.put(FEATURES, tf.identity(features));
    }
    outputs.put("images", Pixels.toBytes(tf, image));
    outputs.put("images_float", tf.identity(image));
    return outputs;
  }

  private static Placeholder<TFloat32> map(Ops tf, String name, long channels) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, channels)));
  }
}
