package tsugiki.savedmodel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;
import tsugiki.model.FeatureNetwork;

/** The feature network that is written as a SavedModel, and its resizing of images of any size. */
public final class ExportedFeatureNetwork {
  /** The images, uint8 [N, H, W, 3], RGB, any H and W. */
  public static final String IMAGES = "images";

  /**
   * The predicted features of its teacher or, without one, the mean of the last map over its
   * pixels, float [N, D].
   */
  public static final String FEATURES = "features";

  /** Logits of the classes, float [N, classes]. */
  public static final String CLASS_LOGITS = "class_logits";

  /** Logits of the counter-clockwise quarter turns 0 to 3, float [N, 4]. */
  public static final String TURN_LOGITS = "turn_logits";

  /**
   * The beginning of the names of the predicted maps of the teacher, which end in the stage's
   * number from 0: float [N, side/2, side/2, C] and coarser, standardised channels.
   */
  public static final String TEACHER_MAP = "teacher_map_";

  /** Where the weights lie. */
  public static final String SCOPE = "features";

  private ExportedFeatureNetwork() {}

  /**
   * A feature network with stored statistics. Its weights lie under {@link #SCOPE}.
   *
   * @param architecture its shape
   * @param side the side in pixels that it was trained at
   */
  public static ExportedNetwork of(FeatureNetwork.Architecture architecture, int side) {
    return (tf, weights) -> {
      Placeholder<TUint8> images =
          tf.withName(IMAGES).placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
      Operand<TFloat32> input =
          input(tf.withSubScope("Input"), tf.dtypes.cast(images, TFloat32.class), side);
      FeatureNetwork network = network(architecture, weights.in(SCOPE));
      FeatureNetwork.Output features = network.apply(tf.withSubScope("Features"), input);
      Operand<TFloat32> pooled = features.pooled();
      List<Operand<TFloat32>> maps = network.maps(tf.withSubScope("Maps"), features);
      Map<String, Operand<?>> outputs = new LinkedHashMap<>();
      outputs.put(FEATURES, network.features(tf.withSubScope("Pooled"), features, maps));
      outputs.put(CLASS_LOGITS, network.classLogits(tf.withSubScope("Classes"), pooled));
      outputs.put(TURN_LOGITS, network.turnLogits(tf.withSubScope("Turns"), pooled));
      for (int stage = 0; stage < architecture.teacher().size(); stage++) {
        outputs.put(TEACHER_MAP + stage, maps.get(stage));
      }
      return new ModelSignature(Map.of(IMAGES, images), outputs);
    };
  }

  /**
   * A trained network on its way to a folder, kernels in 16 bits.
   *
   * @param architecture its shape
   * @param side the side in pixels that it was trained at
   * @param values its weights by name, below {@link #SCOPE}
   * @param classNames the classes' names in the order of their labels
   * @param card the model card in Markdown
   */
  public static SavedModelWriter writer(
      FeatureNetwork.Architecture architecture,
      int side,
      Map<String, float[]> values,
      List<String> classNames,
      String card) {
    return new SavedModelWriter(
        of(architecture, side),
        values,
        ModelMetadata.of(ModelMetadata.FEATURES, 0, side, classNames, architecture),
        card,
        SavedModelWriter.Precision.HALF);
  }

  /** The network at its frozen weights. */
  public static FeatureNetwork network(FeatureNetwork.Architecture architecture, Weights weights) {
    return new FeatureNetwork(
        architecture, weights, BatchNorm.Settings.stored(FeatureNetwork.EPSILON));
  }

  /**
   * Bilinear resizing with half-pixel centres to the training's side, then to [−1, 1].
   *
   * @param pixels [N, H, W, 3], RGB from 0 to 255
   * @return [N, side, side, 3]
   */
  public static Operand<TFloat32> input(Ops tf, Operand<TFloat32> pixels, int side) {
    Operand<TFloat32> resized = Resample.bilinear(tf, pixels, side, side);
    return tf.math.sub(tf.math.mul(resized, tf.constant(2f / 255)), tf.constant(1f));
  }
}
