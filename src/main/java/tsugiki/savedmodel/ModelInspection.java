package tsugiki.savedmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import tsugiki.base.BadInputException;
import tsugiki.base.TextFile;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.TensorBundle.Stored;

/**
 * The description of any SavedModel, read from its files without running it.
 *
 * @param model its folder
 * @param kind the family of the network, or null for a model that this project did not write
 * @param signatures what can be called
 * @param parameters how many floating-point numbers its variables hold
 * @param constants how many its graph holds as constants: the weights of a frozen network
 * @param bytes the size of the folder on disk
 * @param classes the classes' names by label; empty for a model without
 * @param card the first lines of its model card; empty for a model without
 * @param weights its variables in the order of names
 * @param refused why this program would not run it, or null
 */
public record ModelInspection(
    String model,
    String kind,
    List<Signature> signatures,
    long parameters,
    long constants,
    long bytes,
    List<String> classes,
    List<String> card,
    List<Tensor> weights,
    String refused) {
  /** A signature: what can be called by its name, with its inputs and outputs. */
  public record Signature(String name, List<Tensor> inputs, List<Tensor> outputs) {}

  /**
   * A tensor by name.
   *
   * @param type {@code float}, {@code uint8}, …
   * @param shape its sizes, −1 for one that is not known; null for an unknown rank
   */
  public record Tensor(String name, String type, List<Long> shape) {}

  private static final int CARD_LINES = 12;

  /**
   * Reads a model's description.
   *
   * @throws BadInputException if the folder holds no SavedModel, or a damaged one
   */
  public static ModelInspection of(Path directory) {
    MetaGraphDef model = SavedModelReader.any(directory);
    Optional<ModelMetadata> description = ModelMetadata.find(directory);
    Map<String, Stored> variables = variables(directory);
    return new ModelInspection(
        directory.toString(),
        description.map(ModelMetadata::kind).orElse(null),
        signatures(model),
        variables.values().stream()
            .filter(tensor -> isReal(tensor.type()))
            .mapToLong(tensor -> tensor.shape().size())
            .sum(),
        SignatureGraph.constants(SignatureGraph.called(model)),
        bytes(directory),
        description.map(ModelMetadata::classNames).orElse(List.of()),
        card(directory),
        variables.entrySet().stream()
            .filter(e -> e.getValue().type() != DataType.DT_STRING) // TensorFlow's own records.
            .map(e -> tensor(e.getKey(), e.getValue()))
            .toList(),
        refused(directory, model));
  }

  /**
   * The graph that the signatures run, for TensorBoard.
   *
   * @throws BadInputException if the folder holds no SavedModel, or a damaged one
   */
  public static GraphDef picture(Path directory) {
    return SignatureGraph.picture(SignatureGraph.called(SavedModelReader.any(directory)));
  }

  /** Whether a type is floating-point, as the values of weights are. */
  static boolean isReal(DataType type) {
    return type == DataType.DT_FLOAT
        || type == DataType.DT_HALF
        || type == DataType.DT_BFLOAT16
        || type == DataType.DT_DOUBLE;
  }

  /** {@code uint8} for {@code DT_UINT8}. */
  static String name(DataType type) {
    if (type == DataType.DT_INVALID) {
      return "unknown";
    }
    return type.name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
  }

  /** Of what a link leads to, too. */
  private static long bytes(Path directory) {
    try {
      return PathUtils.sizeOf(directory.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Stored> variables(Path directory) {
    Path prefix = SavedModelWriter.variables(directory);
    String[] files = prefix.getParent().toFile().list();
    // A frozen network has an empty folder, or none.
    return files == null || files.length == 0 ? Map.of() : TensorBundle.list(prefix);
  }

  private static List<Signature> signatures(MetaGraphDef model) {
    return SignatureGraph.signatures(model).entrySet().stream()
        .map(
            entry ->
                new Signature(
                    entry.getKey(),
                    tensors(entry.getValue().getInputsMap()),
                    tensors(entry.getValue().getOutputsMap())))
        .toList();
  }

  private static List<Tensor> tensors(Map<String, TensorInfo> infos) {
    return new TreeMap<>(infos)
        .entrySet().stream().map(entry -> tensor(entry.getKey(), entry.getValue())).toList();
  }

  private static Tensor tensor(String name, TensorInfo info) {
    TensorShapeProto shape = info.getTensorShape();
    List<Long> sizes = shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    return new Tensor(name, name(info.getDtype()), shape.getUnknownRank() ? null : sizes);
  }

  private static Tensor tensor(String name, Stored stored) {
    return new Tensor(name, name(stored.type()), stored.shape().toListOrNull());
  }

  private static List<String> card(Path directory) {
    Path file = directory.resolve(SavedModelWriter.CARD);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    return TextFile.read(file).lines().limit(CARD_LINES).toList();
  }

  private static String refused(Path directory, MetaGraphDef model) {
    try {
      for (SignatureDef signature : model.getSignatureDefMap().values()) {
        TrustedOps.checked(directory, model, signature);
      }
      // A graph that no signature runs is shown whole.
      GraphDef shown = SignatureGraph.called(model);
      TrustedOps.checkWhole(directory, model.toBuilder().setGraphDef(shown).build());
      return null;
    } catch (BadInputException e) {
      return e.getMessage();
    }
  }
}
