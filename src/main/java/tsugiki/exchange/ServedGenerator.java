package tsugiki.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import tsugiki.BadInputException;
import tsugiki.graph.Sessions;
import tsugiki.graph.Tensors;

/**
 * A generator that runs as it is served: any SavedModel whose signature takes {@code z}, and maybe
 * {@code label}, and gives {@code images}. It may be called from several threads at once.
 */
public final class ServedGenerator implements AutoCloseable {
  private static final int BATCH = 16;
  private static final String TAG = "serve";

  private final ClassLabels classes;
  private final SavedModelBundle bundle;
  private final TensorInfo z;
  private final TensorInfo label;
  private final TensorInfo images;

  private ServedGenerator(ClassLabels classes, SavedModelBundle bundle, SignatureDef signature) {
    this.classes = classes;
    this.bundle = bundle;
    z = signature.getInputsOrThrow(GeneratorServing.Z);
    label = signature.getInputsOrDefault(GeneratorServing.LABEL, null);
    images = signature.getOutputsOrThrow(GeneratorServing.IMAGES);
  }

  /** Opens a generator on the CPU with all processors. */
  public static ServedGenerator open(Path directory) {
    return open(directory, Sessions.Settings.cpu());
  }

  /**
   * Opens a generator.
   *
   * @throws BadInputException if the folder holds no SavedModel, one without such a signature, one
   *     whose graph does more than compute, or a damaged one
   */
  public static ServedGenerator open(Path directory, Sessions.Settings settings) {
    MetaGraphDef model = read(directory);
    SignatureDef signature = model.getSignatureDefMap().get(ServingSignature.KEY);
    checkSignature(directory, signature);
    TrustedOps.check(directory, model, signature);
    ClassLabels classes =
        ClassLabels.of(directory, signature.containsInputs(GeneratorServing.LABEL));
    try {
      SavedModelBundle bundle =
          SavedModelBundle.loader(directory.toString())
              .withTags(TAG)
              .withConfigProto(Sessions.config(settings))
              .load();
      return new ServedGenerator(classes, bundle, signature);
    } catch (TensorFlowException e) {
      throw damaged(directory, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /**
   * Draws images.
   *
   * @param latents [N, {@link #latent()}], row-major; truncation is the caller's
   * @param labels [N] if the generator is {@link #conditional()}, otherwise unused and may be empty
   * @return [N, {@link #height()}, {@link #width()}, 3] as unsigned bytes
   */
  public byte[] images(float[] latents, long[] labels) {
    int count = latents.length / latent();
    if (latents.length != count * latent() || (conditional() && labels.length != count)) {
      throw new IllegalArgumentException(
          latents.length + " numbers of z and " + labels.length + " labels do not go together");
    }
    byte[] drawn = new byte[Math.multiplyExact(count, height() * width() * 3)];
    for (int from = 0; from < count; from += BATCH) {
      int to = Math.min(count, from + BATCH);
      byte[] some =
          draw(
              Arrays.copyOfRange(latents, from * latent(), to * latent()),
              conditional() ? Arrays.copyOfRange(labels, from, to) : new long[0],
              to - from);
      System.arraycopy(some, 0, drawn, from * height() * width() * 3, some.length);
    }
    return drawn;
  }

  /** The length of z. */
  public int latent() {
    return dimension(z, 1);
  }

  /** Whether it takes a label for every image. */
  public boolean conditional() {
    return label != null;
  }

  /** Its classes; a generator that is not {@link #conditional()} has none. */
  public ClassLabels classes() {
    return classes;
  }

  /** The height of an image in pixels. */
  public int height() {
    return dimension(images, 1);
  }

  /** The width of an image in pixels. */
  public int width() {
    return dimension(images, 2);
  }

  @Override
  public void close() {
    bundle.close();
  }

  private byte[] draw(float[] latents, long[] labels, int count) {
    Session.Runner runner = bundle.session().runner().fetch(images.getName());
    try (Tensor latentTensor = Tensors.floats(Shape.of(count, latent()), latents);
        Tensor labelTensor = labels(labels)) {
      runner.feed(z.getName(), latentTensor);
      if (conditional()) {
        runner.feed(label.getName(), labelTensor);
      }
      try (Result result = runner.run()) {
        return Tensors.toBytes((TUint8) result.get(0));
      }
    }
  }

  private Tensor labels(long[] labels) {
    if (conditional() && label.getDtype() == DataType.DT_INT32) {
      return TInt32.vectorOf(Arrays.stream(labels).mapToInt(Math::toIntExact).toArray());
    }
    return Tensors.longs(labels);
  }

  private static MetaGraphDef read(Path directory) {
    Path file = SavedModelWriter.graph(directory);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          directory
              + " is no SavedModel: there is no "
              + file
              + "; give the model/ folder of a run, or a folder that import has written");
    }
    try {
      return SavedModel.parseFrom(Files.readAllBytes(file)).getMetaGraphsList().stream()
          .filter(graph -> graph.getMetaInfoDef().getTagsList().equals(List.of(TAG)))
          .findFirst()
          .orElseThrow(() -> damaged(directory, "no graph is tagged " + TAG, null));
    } catch (IOException e) {
      throw damaged(directory, e.getMessage(), e);
    }
  }

  private static void checkSignature(Path directory, SignatureDef signature) {
    Set<String> inputs = Set.of(GeneratorServing.Z, GeneratorServing.LABEL);
    if (signature == null
        || !inputs.containsAll(signature.getInputsMap().keySet())
        || dimension(signature.getInputsMap().get(GeneratorServing.Z), 1) < 1
        || !isImages(signature.getOutputsMap().get(GeneratorServing.IMAGES))) {
      throw new BadInputException(
          directory
              + " is no generator: "
              + describe(signature)
              + "; it must take z [N, D] and at most a label [N], and give images, bytes [N, H, W,"
              + " 3]");
    }
  }

  private static String describe(SignatureDef signature) {
    return signature == null
        ? "it has no signature " + ServingSignature.KEY
        : "its signature takes "
            + signature.getInputsMap().keySet()
            + " and gives "
            + signature.getOutputsMap().keySet();
  }

  private static boolean isImages(TensorInfo tensor) {
    return tensor != null
        && tensor.getDtype() == DataType.DT_UINT8
        && dimension(tensor, 1) > 0
        && dimension(tensor, 2) > 0
        && dimension(tensor, 3) == 3;
  }

  /** A known size of a tensor, or −1. */
  private static int dimension(TensorInfo tensor, int axis) {
    return tensor == null || tensor.getTensorShape().getDimCount() <= axis
        ? -1
        : (int) tensor.getTensorShape().getDim(axis).getSize();
  }

  private static BadInputException damaged(Path directory, String what, Throwable cause) {
    return new BadInputException(
        "the SavedModel " + directory + " cannot be loaded (" + what + "); get it again", cause);
  }
}
