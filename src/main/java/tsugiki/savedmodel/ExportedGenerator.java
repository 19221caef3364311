package tsugiki.savedmodel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Embedding;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Pixels;
import tsugiki.graph.Weights;
import tsugiki.model.GeneratorArchitecture;
import tsugiki.model.GeneratorHook;

/** The generators that are written as SavedModels: their placeholders, signature and names. */
public final class ExportedGenerator {
  /** The latent vectors, float [N, D]. */
  public static final String Z = "z";

  /** The classes, int64 [N]; {@code class} is a keyword in Python. */
  public static final String LABEL = "label";

  /**
   * The truncation that the latent vectors were drawn with, a scalar from 0 to 1; only of a
   * generator with several sets of statistics.
   */
  public static final String TRUNCATION = "truncation";

  /** What is drawn, uint8 [N, H, W, 3]. */
  public static final String IMAGES = "images";

  /** The same as float in [−1, 1]. */
  public static final String IMAGES_FLOAT = "images_float";

  /** Where a BigGAN generator's weights lie, its class embedding in {@code classes} below. */
  public static final String SCOPE = "generator";

  /**
   * The classes' vectors [N, E] in a served BigGAN: gathered by label, and fed instead of it where
   * an image is to be between classes. The name is what {@link #bigGan} gives it.
   */
  static final String CLASS_VECTORS = "Classes/Gather";

  private ExportedGenerator() {}

  /**
   * A class-conditional BigGAN generator with stored statistics. Its weights lie under {@link
   * #SCOPE}. With several sets of statistics it takes {@link #TRUNCATION} too.
   *
   * @param architecture its shape
   * @param hook what was added at its sites, {@link GeneratorHook#NONE} for a plain one
   */
  public static ExportedNetwork bigGan(GeneratorArchitecture architecture, GeneratorHook hook) {
    return (tf, weights) -> {
      Weights generator = weights.in(SCOPE);
      Placeholder<TFloat32> z = latent(tf, architecture.latent());
      Placeholder<TInt64> label =
          tf.withName(LABEL).placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
      Operand<TFloat32> y =
          Embedding.apply(
              tf.withSubScope("Classes"),
              generator.in("classes"),
              Kernels.PLAIN,
              label,
              architecture.classes(),
              architecture.embedding(),
              Initializer.zeros());
      Optional<Placeholder<TFloat32>> truncation =
          architecture.statistics() == 1
              ? Optional.empty()
              : Optional.of(TruncationInput.placeholder(tf));
      BatchNorm.Settings norm =
          truncation
              .map(input -> TruncationInput.settings(tf, input, architecture))
              .orElseGet(() -> BatchNorm.Settings.stored(architecture.epsilon()));
      Operand<TFloat32> images =
          architecture
              .generator(generator, Kernels.PLAIN, norm, hook)
              .apply(tf.withSubScope("Generator"), z, y);
      ModelSignature usual = signature(tf, z, label, images);
      return truncation.map(input -> usual.withInput(TRUNCATION, input)).orElse(usual);
    };
  }

  /** The placeholder {@code z} [N, length]. */
  public static Placeholder<TFloat32> latent(Ops tf, int length) {
    return tf.withName(Z).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, length)));
  }

  /**
   * The signature of a generator.
   *
   * @param label the placeholder of the classes, or null for a generator without
   * @param images [N, H, W, 3] in [−1, 1]
   */
  public static ModelSignature signature(
      Ops tf, Operand<TFloat32> z, Operand<TInt64> label, Operand<TFloat32> images) {
    Map<String, Operand<?>> inputs = new LinkedHashMap<>();
    inputs.put(Z, z);
    if (label != null) {
      inputs.put(LABEL, label);
    }
    Ops scope = tf.withSubScope("Images");
    return new ModelSignature(
        inputs,
        Map.of(IMAGES, Pixels.toBytes(scope, images), IMAGES_FLOAT, scope.identity(images)));
  }
}
