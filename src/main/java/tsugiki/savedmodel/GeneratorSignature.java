package tsugiki.savedmodel;

import java.nio.file.Path;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import tsugiki.base.BadInputException;

/**
 * The tensors of a served generator.
 *
 * @param z float [N, D]
 * @param label whole numbers [N], or null for a generator without classes
 * @param truncation float [], or null for a generator whose statistics do not depend on it
 * @param images uint8 [N, H, W, 3]
 */
record GeneratorSignature(
    TensorInfo z, TensorInfo label, TensorInfo truncation, TensorInfo images) {
  private static final Set<String> INPUTS =
      Set.of(ExportedGenerator.Z, ExportedGenerator.LABEL, ExportedGenerator.TRUNCATION);

  /**
   * Reads a signature.
   *
   * @param directory the model's folder, for the message
   * @param signature null if the model has none of the name
   * @throws BadInputException if it is no generator's
   */
  static GeneratorSignature of(Path directory, SignatureDef signature) {
    if (signature == null
        || !INPUTS.containsAll(signature.getInputsMap().keySet())
        || dimension(signature.getInputsMap().get(ExportedGenerator.Z), 1) < 1
        || !isImages(signature.getOutputsMap().get(ExportedGenerator.IMAGES))) {
      throw new BadInputException(
          directory
              + " is no generator: "
              + describe(signature)
              + "; it must take z [N, D] and at most a label [N] and a truncation, and give images,"
              + " bytes [N, H, W, 3]");
    }
    return new GeneratorSignature(
        signature.getInputsOrThrow(ExportedGenerator.Z),
        signature.getInputsOrDefault(ExportedGenerator.LABEL, null),
        signature.getInputsOrDefault(ExportedGenerator.TRUNCATION, null),
        signature.getOutputsOrThrow(ExportedGenerator.IMAGES));
  }

  boolean conditional() {
    return label != null;
  }

  /** D. */
  int latent() {
    return dimension(z, 1);
  }

  /** H. */
  int height() {
    return dimension(images, 1);
  }

  /** W. */
  int width() {
    return dimension(images, 2);
  }

  private static String describe(SignatureDef signature) {
    return signature == null
        ? "it has no signature " + ModelSignature.KEY
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
}
