package tsugiki.savedmodel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import tsugiki.base.BadInputException;

/**
 * Which input of a model takes images, and which output gives features.
 *
 * @param signature the signature that has both
 * @param input takes images [N, H, W, 3], uint8 or float
 * @param outputName the output's name
 * @param output gives float features
 */
record FeatureSignature(
    SignatureDef signature, TensorInfo input, String outputName, TensorInfo output) {
  private static final int RANK = 4;

  /**
   * Finds them.
   *
   * @param names the input's and the output's name in a signature; none for those of a model that
   *     has no other
   * @throws BadInputException if there are none of these names, or no such tensors
   */
  static FeatureSignature of(Path directory, MetaGraphDef model, List<String> names) {
    Map<String, SignatureDef> signatures = SignatureGraph.signatures(model);
    SignatureDef chosen = signatures.get(ModelSignature.KEY);
    if (chosen == null || !fits(chosen, names)) {
      chosen =
          signatures.values().stream()
              .filter(each -> fits(each, names))
              .findFirst()
              .orElseThrow(() -> unknown(directory, signatures, names));
    }
    String in = names.isEmpty() ? only(chosen.getInputsMap().keySet()) : names.get(0);
    String out = names.isEmpty() ? only(chosen.getOutputsMap().keySet()) : names.get(1);
    FeatureSignature found =
        new FeatureSignature(
            chosen, chosen.getInputsOrThrow(in), out, chosen.getOutputsOrThrow(out));
    found.check(directory, in);
    return found;
  }

  private static boolean fits(SignatureDef signature, List<String> names) {
    return names.isEmpty()
        ? signature.getInputsCount() == 1 && signature.getOutputsCount() == 1
        : signature.containsInputs(names.get(0)) && signature.containsOutputs(names.get(1));
  }

  private static String only(Set<String> names) {
    return names.iterator().next();
  }

  private static BadInputException unknown(
      Path directory, Map<String, SignatureDef> signatures, List<String> names) {
    StringBuilder there = new StringBuilder();
    signatures.forEach(
        (key, each) ->
            there
                .append(there.isEmpty() ? "" : "; ")
                .append(key + " takes " + List.copyOf(each.getInputsMap().keySet()))
                .append(" and gives " + List.copyOf(each.getOutputsMap().keySet())));
    String wanted =
        names.isEmpty()
            ? "has no signature with one input and one output alone"
            : "has no signature from " + names.get(0) + " to " + names.get(1);
    return new BadInputException(
        "the SavedModel %s %s (%s); name them as savedmodel:DIR#INPUT,OUTPUT"
            .formatted(directory, wanted, there));
  }

  private void check(Path directory, String inputName) {
    boolean image = isBytes() || input.getDtype() == DataType.DT_FLOAT;
    TensorShapeProto shape = input.getTensorShape();
    boolean channels =
        shape.getUnknownRank()
            || shape.getDimCount() == RANK && List.of(3L, -1L).contains(shape.getDim(3).getSize());
    if (!image || !channels) {
      throw new BadInputException(
          "the input %s of the SavedModel %s takes %s, not images [N, H, W, 3] as uint8 or float; "
                  .formatted(inputName, directory, ModelInspection.name(input.getDtype()))
              + "name another input");
    }
    if (output.getDtype() != DataType.DT_FLOAT) {
      throw new BadInputException(
          "the output %s of the SavedModel %s gives %s where features are float; name another"
              .formatted(outputName, directory, ModelInspection.name(output.getDtype())));
    }
  }

  /** Whether it takes bytes. */
  boolean isBytes() {
    return input.getDtype() == DataType.DT_UINT8;
  }

  /** The one height or width that it takes, or −1 for any. */
  long side(int axis) {
    TensorShapeProto shape = input.getTensorShape();
    return shape.getUnknownRank() ? -1 : shape.getDim(axis).getSize();
  }
}
