package tsugiki.savedmodel;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto.Dim;

/**
 * The section of a model card that lists what the model takes and gives: names, types, shapes and
 * ranges of values, read from the signatures that are written.
 */
final class CardSignatures {
  private static final String NOISE = "from N(0, 1)";
  private static final String LOGITS = "logits, any number";

  private CardSignatures() {}

  /**
   * The section in Markdown.
   *
   * @param signatures by key
   * @param classes how many classes the model has; 0 where that is not known
   */
  static String of(Map<String, SignatureDef> signatures, int classes) {
    StringBuilder text = new StringBuilder("\n## Inputs and outputs\n");
    keys(signatures)
        .forEach(
            key -> {
              text.append("\nSignature `%s`. N is any number.\n".formatted(key))
                  .append(
                      "\n| | name | type | shape | values |\n| --- | --- | --- | --- | --- |\n");
              rows(text, "takes", signatures.get(key).getInputsMap(), true, classes);
              rows(text, "gives", signatures.get(key).getOutputsMap(), false, classes);
            });
    return text.toString();
  }

  /** The usual one first. */
  private static List<String> keys(Map<String, SignatureDef> signatures) {
    return signatures.keySet().stream()
        .sorted(
            Comparator.comparing((String key) -> !key.equals(ModelSignature.KEY))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static void rows(
      StringBuilder text, String side, Map<String, TensorInfo> all, boolean taken, int classes) {
    new TreeMap<>(all)
        .forEach(
            (name, tensor) ->
                text.append(
                    "| %s | `%s` | %s | %s | %s |\n"
                        .formatted(
                            side,
                            name,
                            type(tensor.getDtype()),
                            shape(tensor),
                            values(name, tensor.getDtype(), taken, classes))));
  }

  private static String type(DataType type) {
    return type == DataType.DT_FLOAT ? "float32" : ModelInspection.name(type);
  }

  private static String shape(TensorInfo tensor) {
    List<Dim> dims = tensor.getTensorShape().getDimList();
    return dims.isEmpty()
        ? "a number"
        : dims.stream()
            .map(dim -> dim.getSize() < 0 ? "?" : Long.toString(dim.getSize()))
            .collect(Collectors.joining(", ", "[", "]"))
            .replaceFirst("^\\[\\?", "[N");
  }

  private static String values(String name, DataType type, boolean taken, int classes) {
    if (type == DataType.DT_UINT8) {
      return "RGB, 0 to 255";
    }
    return switch (name) {
      case ExportedGenerator.Z -> NOISE + ", or cut at a smaller range for less variety";
      case ExportedGenerator.LABEL ->
          classes == 0 ? "the number of a class, from 0" : "a class, 0 to " + (classes - 1);
      case ExportedGenerator.TRUNCATION -> "the cut of `z`, 0 to 1";
      case ExportedGenerator.IMAGES_FLOAT, ExportedGenerator.IMAGES -> "RGB, −1 to 1";
      case ExportedFeatureNetwork.CLASS_LOGITS, ExportedFeatureNetwork.TURN_LOGITS -> LOGITS;
      default -> taken && name.startsWith("noise") ? NOISE : "any number";
    };
  }
}
