package tsugiki.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;

/**
 * A generator as a part of a graph that is being built, so that a loss of its images has a gradient
 * by its latent vectors. Its weights stay as they are. To draw images, use {@link LoadedGenerator}.
 */
public final class GeneratorCopy extends ServedGenerator {
  /** The learned latent vectors of a model's training images, beside its description. */
  static final String LATENTS = "assets.extra/latents.npy";

  private final Path folder;
  private final String images;
  private final CopiedModel copy;

  private GeneratorCopy(
      Path folder,
      GeneratorSignature signature,
      String images,
      ClassLabels classes,
      CopiedModel copy) {
    super(signature, classes);
    this.folder = folder;
    this.images = images;
    this.copy = copy;
  }

  /**
   * Opens a generator; nothing runs yet.
   *
   * @throws BadInputException if the folder holds no generator whose graph only computes, or one
   *     that gives no floats
   */
  public static GeneratorCopy open(Path folder) {
    MetaGraphDef model = SavedModelReader.serving(folder);
    SignatureDef signature = model.getSignatureDefMap().get(ModelSignature.KEY);
    GeneratorSignature generator = GeneratorSignature.of(folder, signature);
    MetaGraphDef checked = TrustedOps.checked(folder, model, signature);
    if (!signature.containsOutputs(ExportedGenerator.IMAGES_FLOAT)) {
      throw new BadInputException(
          "the generator %s gives bytes alone, which have no gradient; it must also give %s in [−1, 1]"
              .formatted(folder, ExportedGenerator.IMAGES_FLOAT));
    }
    return new GeneratorCopy(
        folder,
        generator,
        signature.getOutputsOrThrow(ExportedGenerator.IMAGES_FLOAT).getName(),
        ClassLabels.of(folder, generator.conditional(), ModelMetadata.find(folder)),
        new CopiedModel(folder, checked));
  }

  /**
   * Draws images, with the statistics of no truncation where the generator has several.
   *
   * @param z latent vectors [N, {@link #latent()}]
   * @param labels [N]; unused if it is not {@link #conditional()}
   * @return images [N, {@link #height()}, {@link #width()}, 3] in [−1, 1]
   */
  public Operand<TFloat32> images(Ops tf, Operand<TFloat32> z, Operand<TInt64> labels) {
    Map<String, Output<?>> inputs = new LinkedHashMap<>();
    inputs.put(signature().z().getName(), z.asOutput());
    if (conditional()) {
      boolean narrow = signature().label().getDtype() == DataType.DT_INT32;
      inputs.put(
          signature().label().getName(),
          narrow ? tf.dtypes.cast(labels, TInt32.class).asOutput() : labels.asOutput());
    }
    if (signature().truncation() != null) {
      inputs.put(signature().truncation().getName(), tf.constant(1f).asOutput());
    }
    return copy.tensor(tf.withSubScope("Generator"), images, inputs).expect(TFloat32.class);
  }

  /**
   * Fills its variables.
   *
   * @throws BadInputException if its checkpoint is damaged
   */
  public void restore(Session session) {
    copy.restore(session);
  }

  /**
   * The latent vectors that were learned with its weights, one per training image.
   *
   * @return [n, {@link #latent()}], row-major; empty where the model has none
   * @throws BadInputException if the file is damaged
   */
  public Optional<float[]> learnedLatents() {
    Path file = folder.resolve(LATENTS);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    NumpyFile rows = NumpyFile.read(file);
    if (rows.shape().length != 2 || rows.shape()[1] != latent()) {
      throw new BadInputException(
          "%s does not hold vectors of %d numbers; get the model again".formatted(file, latent()));
    }
    return Optional.of(rows.floats());
  }

  /** Writes what {@link #learnedLatents} reads into a model's folder. */
  static void writeLatents(Path folder, float[] rows, int latent) throws IOException {
    Path file = folder.resolve(LATENTS);
    Files.createDirectories(file.getParent());
    NumpyFile.write(file, rows, rows.length / latent, latent);
  }
}
