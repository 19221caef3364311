package tsugiki.savedmodel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.Kernels;
import tsugiki.graph.Pixels;
import tsugiki.graph.Weights;
import tsugiki.model.ClassVectors;
import tsugiki.model.DiscriminatorHeads;

/** The discriminator that is written as a SavedModel: score, hidden features, all heads. */
public final class ExportedDiscriminator {
  /** The images, uint8 [N, side, side, 3], RGB. */
  public static final String IMAGES = "images";

  /** The images' labels, int64 [N]; not there with one class alone. */
  public static final String LABEL = "label";

  /** The score, float [N, 1]: higher for real images. */
  public static final String SCORE = "score";

  /** The hidden features, which all heads take, float [N, D]. */
  public static final String FEATURES = "features";

  /** Logits of the classes, float [N, classes], of a discriminator with a class head. */
  public static final String CLASS_LOGITS = ExportedFeatureNetwork.CLASS_LOGITS;

  /** Logits of the counter-clockwise quarter turns 0 to 3, float [N, 4], with a rotation head. */
  public static final String TURN_LOGITS = ExportedFeatureNetwork.TURN_LOGITS;

  /** Where the weights lie. */
  public static final String SCOPE = "discriminator";

  private ExportedDiscriminator() {}

  /** The hidden features of a discriminator. */
  @FunctionalInterface
  public interface HiddenFeatures {
    /**
     * Builds them.
     *
     * @param discriminator the network's weights
     * @param images [N, side, side, 3] in [−1, 1]
     * @return [N, D]
     */
    Operand<TFloat32> build(Ops tf, Weights discriminator, Operand<TFloat32> images);
  }

  /**
   * A discriminator with plain kernels. Its weights lie under {@link #SCOPE}.
   *
   * @param side of the images in pixels
   * @param classes the number of classes
   * @param classHead whether there is a class head
   * @param turnHead whether there is a rotation head
   */
  public static ExportedNetwork of(
      long side, int classes, boolean classHead, boolean turnHead, HiddenFeatures features) {
    return (tf, weights) -> {
      Weights discriminator = weights.in(SCOPE);
      Placeholder<TUint8> images =
          tf.withName(IMAGES)
              .placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
      Placeholder<TInt64> label =
          tf.withName(LABEL).placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
      Operand<TFloat32> hidden =
          features.build(
              tf.withSubScope("Discriminator"),
              discriminator,
              Pixels.toFloats(tf.withSubScope("Input"), images));
      DiscriminatorHeads heads = new DiscriminatorHeads(discriminator, Kernels.PLAIN);
      Map<String, Operand<?>> inputs = new LinkedHashMap<>(Map.of(IMAGES, images));
      if (classes > 1) {
        inputs.put(LABEL, label);
      }
      Map<String, Operand<?>> outputs = new LinkedHashMap<>();
      outputs.put(SCORE, heads.score(tf, hidden, ClassVectors.ofLabels(label, classes)));
      outputs.put(FEATURES, hidden);
      if (classHead) {
        outputs.put(CLASS_LOGITS, heads.classLogits(tf, hidden, classes));
      }
      if (turnHead) {
        outputs.put(TURN_LOGITS, heads.rotationLogits(tf, hidden));
      }
      return new ModelSignature(inputs, outputs);
    };
  }
}
