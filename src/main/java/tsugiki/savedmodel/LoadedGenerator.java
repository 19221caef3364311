package tsugiki.savedmodel;

import static tsugiki.savedmodel.ExportedGenerator.CLASS_VECTORS;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;
import tsugiki.graph.Tensors;
import tsugiki.runtime.ImageBatches;
import tsugiki.runtime.Sessions;

/**
 * A generator that is loaded and runs: any SavedModel whose signature takes {@code z}, and maybe
 * {@code label}, and gives {@code images}. It may be called from several threads at once.
 */
public final class LoadedGenerator extends ServedGenerator implements AutoCloseable {
  private final boolean bigGan;
  private final OpenedModel model;
  private final ImageBatches batches;

  private LoadedGenerator(
      OpenedModel model,
      ImageBatches batches,
      GeneratorSignature signature,
      ClassLabels classes,
      boolean bigGan) {
    super(signature, classes);
    this.model = model;
    this.batches = batches;
    this.bigGan = bigGan;
  }

  /** Opens a generator on the CPU with all processors. */
  public static LoadedGenerator open(Path directory) {
    return open(directory, Sessions.Settings.cpu());
  }

  /**
   * Opens a generator.
   *
   * @throws BadInputException if the folder holds no SavedModel, one without such a signature, one
   *     whose graph does more than compute, or a damaged one
   */
  public static LoadedGenerator open(Path directory, Sessions.Settings settings) {
    MetaGraphDef model = SavedModelReader.serving(directory);
    SignatureDef signature = model.getSignatureDefMap().get(ModelSignature.KEY);
    GeneratorSignature generator = GeneratorSignature.of(directory, signature);
    MetaGraphDef checked = TrustedOps.checked(directory, model, signature);
    Optional<ModelMetadata> description = ModelMetadata.find(directory);
    ClassLabels classes = ClassLabels.of(directory, generator.conditional(), description);
    boolean bigGan = description.filter(d -> StoredGenerator.KINDS.contains(d.kind())).isPresent();
    try (Phase opening = Phase.begin("opening the model " + directory)) {
      OpenedModel opened = OpenedModel.open(directory, checked, settings);
      return new LoadedGenerator(opened, ImageBatches.of(settings), generator, classes, bigGan);
    }
  }

  /** Whether its statistics depend on the truncation of the latent vectors. */
  public boolean truncates() {
    return signature().truncation() != null;
  }

  /**
   * Draws latent vectors: by {@link LatentDraws#normal}, but for a generator that {@link
   * #truncates} as its publisher does, times the truncation. As imported, biggan-128, -256 and -512
   * do not, so their numbers are cut at ±truncation, where DeepMind multiplies numbers cut at ±2 by
   * it. At 0.4 an entry has a deviation of 0.23 here and of 0.35 there.
   *
   * @param truncation {@link LatentDraws#UNTRUNCATED} for none
   * @param seeds one for each image
   * @return [seeds, {@link #latent()}], row-major
   * @throws BadInputException if the truncation is out of range
   */
  public float[] latents(double truncation, long... seeds) {
    return truncates()
        ? LatentDraws.scaled(latent(), truncation, seeds)
        : LatentDraws.normal(latent(), truncation, seeds);
  }

  /**
   * Draws images of latent vectors without truncation.
   *
   * @throws IllegalArgumentException as {@link #images(float[], long[], double)}
   */
  public byte[] images(float[] latents, long[] labels) {
    return images(latents, labels, LatentDraws.UNTRUNCATED);
  }

  /**
   * Draws images. On the CPU an image depends on its own row of {@code latents} and its own label
   * alone, to the bit: not on N, not on its place, and not on the other images.
   *
   * @param latents [N, {@link #latent()}], row-major; truncation is the caller's
   * @param labels [N] if the generator is {@link #conditional()}, each from 0 to below the count of
   *     {@link #classes}; otherwise unused and may be empty
   * @param truncation of the latent vectors, which chooses the statistics of a generator that
   *     {@link #truncates}
   * @return [N, {@link #height()}, {@link #width()}, 3] as unsigned bytes
   * @throws IllegalArgumentException if the numbers of z and of labels do not go together, or a
   *     label is out of its range; where the model does not say how many classes it has, one that
   *     is too large is TensorFlow's error
   */
  public byte[] images(float[] latents, long[] labels, double truncation) {
    int count = latents.length / latent();
    if (latents.length != count * latent() || (conditional() && labels.length != count)) {
      throw new IllegalArgumentException(
          latents.length + " numbers of z and " + labels.length + " labels do not go together");
    }
    if (!conditional()) {
      return draw(latents, truncation, null, images -> null);
    }
    classes().require(labels);
    return draw(
        latents,
        truncation,
        signature().label().getName(),
        images -> labels(Arrays.stream(images).mapToLong(i -> labels[i]).toArray()));
  }

  /**
   * The vectors that stand for classes within the generator.
   *
   * @param labels [N], each from 0 to below the count of {@link #classes}
   * @return [N, E], row-major
   * @throws BadInputException if the generator is not one of ours with classes
   * @throws IllegalArgumentException if a label is out of its range
   */
  public float[] classVectors(long... labels) {
    checkClassVectors();
    classes().require(labels);
    try (Tensor tensor = labels(labels);
        Result result =
            model
                .session()
                .runner()
                .feed(signature().label().getName(), tensor)
                .fetch(CLASS_VECTORS)
                .run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  /**
   * Draws images of what may lie between classes.
   *
   * @param latents [N, {@link #latent()}], row-major
   * @param classVectors [N, E], row-major, see {@link #classVectors}
   * @param truncation of the latent vectors
   * @return [N, {@link #height()}, {@link #width()}, 3] as unsigned bytes
   * @throws BadInputException if the generator is not one of ours with classes
   * @throws IllegalArgumentException if the numbers of z and of class vectors do not go together
   */
  public byte[] images(float[] latents, float[] classVectors, double truncation) {
    checkClassVectors();
    int count = latents.length / latent();
    int width =
        Math.toIntExact(model.session().graph().operation(CLASS_VECTORS).output(0).shape().get(1));
    if (latents.length != count * latent() || classVectors.length != count * width) {
      throw new IllegalArgumentException(
          "%d numbers of z, %d an image, and %d of class vectors, %d an image, do not go together"
              .formatted(latents.length, latent(), classVectors.length, width));
    }
    return draw(
        latents,
        truncation,
        CLASS_VECTORS,
        images ->
            Tensors.floats(
                Shape.of(images.length, width), ImageBatches.rows(classVectors, width, images)));
  }

  private void checkClassVectors() {
    if (!bigGan || !conditional() || model.session().graph().operation(CLASS_VECTORS) == null) {
      throw new BadInputException(
          classes().model()
              + " gives no way from class to class: only class-conditional models of this project"
              + " do; name one class with ⟨class⟩");
    }
  }

  /**
   * Frees the model. To draw afterwards is an {@link IllegalStateException}, and so may be a
   * drawing that another thread has not ended; what needs no run, such as {@link #classes}, still
   * answers.
   */
  @Override
  public void close() {
    model.close();
  }

  private byte[] draw(
      float[] latents, double truncation, String classInput, Function<int[], Tensor> classBatch) {
    return batches.draw(
        latents.length / latent(),
        height() * width() * 3,
        images -> {
          float[] rows = ImageBatches.rows(latents, latent(), images);
          try (Tensor z = Tensors.floats(Shape.of(images.length, latent()), rows);
              Tensor classTensor = classBatch.apply(images)) {
            return run(z, truncation, classInput, classTensor);
          }
        });
  }

  private byte[] run(Tensor z, double truncation, String classInput, Tensor classTensor) {
    Session.Runner runner = model.session().runner().fetch(signature().images().getName());
    runner.feed(signature().z().getName(), z);
    if (classTensor != null) {
      runner.feed(classInput, classTensor);
    }
    try (TFloat32 scalar = TFloat32.scalarOf((float) Math.min(truncation, 1))) {
      if (truncates()) {
        runner.feed(signature().truncation().getName(), scalar);
      }
      try (Result result = runner.run()) {
        return Tensors.toBytes((TUint8) result.get(0));
      }
    }
  }

  private Tensor labels(long[] labels) {
    if (signature().label().getDtype() == DataType.DT_INT32) {
      return TInt32.vectorOf(Arrays.stream(labels).mapToInt(Math::toIntExact).toArray());
    }
    return Tensors.longs(labels);
  }
}
