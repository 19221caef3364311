package tsugiki.savedmodel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.Kernels;
import tsugiki.graph.Pixels;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanDiscriminator;
import tsugiki.model.ClassVectors;
import tsugiki.model.DiscriminatorHeads;

/** The BigGAN discriminator that is written as a SavedModel: score, hidden features, all heads. */
public final class DiscriminatorServing {
  /** The images, uint8 [N, side, side, 3], RGB. */
  public static final String IMAGES = "images";

  /** The images' labels, int64 [N]; not there with one class alone. */
  public static final String LABEL = "label";

  /** The score, float [N, 1]: higher for real images. */
  public static final String SCORE = "score";

  /** The hidden features, which all heads take, float [N, D]. */
  public static final String FEATURES = "features";

  /** Logits of the classes, float [N, classes], of a discriminator with a class head. */
  public static final String CLASS_LOGITS = FeatureServing.CLASS_LOGITS;

  /** Logits of the counter-clockwise quarter turns 0 to 3, float [N, 4], with a rotation head. */
  public static final String TURN_LOGITS = FeatureServing.TURN_LOGITS;

  /** Where the weights lie. */
  public static final String SCOPE = "discriminator";

  /**
   * How to build it again.
   *
   * @param architecture the networks' shape
   * @param classHead whether there is a class head
   * @param turnHead whether there is a rotation head
   */
  public record Architecture(
      BigGanArchitecture architecture, boolean classHead, boolean turnHead) {}

  private DiscriminatorServing() {}

  /** A discriminator with plain kernels. Its weights lie under {@link #SCOPE}. */
  public static ServingNetwork of(Architecture network) {
    return (tf, weights) -> {
      BigGanArchitecture architecture = network.architecture();
      Weights discriminator = weights.in(SCOPE);
      long side = architecture.size();
      Placeholder<TUint8> images =
          tf.withName(IMAGES)
              .placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
      Placeholder<TInt64> label =
          tf.withName(LABEL).placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
      Operand<TFloat32> hidden =
          new BigGanDiscriminator(architecture, discriminator, Kernels.PLAIN)
              .apply(
                  tf.withSubScope("Discriminator"),
                  Pixels.toFloats(tf.withSubScope("Input"), images));
      DiscriminatorHeads heads = new DiscriminatorHeads(discriminator, Kernels.PLAIN);
      ClassVectors classes = ClassVectors.ofLabels(label, architecture.classes());
      Map<String, Operand<?>> inputs = new LinkedHashMap<>(Map.of(IMAGES, images));
      if (architecture.classes() > 1) {
        inputs.put(LABEL, label);
      }
      Map<String, Operand<?>> outputs = new LinkedHashMap<>();
      outputs.put(SCORE, heads.score(tf, hidden, classes));
      outputs.put(FEATURES, hidden);
      if (network.classHead()) {
        outputs.put(CLASS_LOGITS, heads.classLogits(tf, hidden, architecture.classes()));
      }
      if (network.turnHead()) {
        outputs.put(TURN_LOGITS, heads.turnLogits(tf, hidden));
      }
      return new ServingSignature(inputs, outputs);
    };
  }
}
