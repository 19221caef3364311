package tsugiki.runtime;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderGetVariable;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderGetVariableDataType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderGetVariableNumDims;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderGetVariableShape;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderSize;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteCheckpointReader;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GetCode;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_Message;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewCheckpointReader;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OK;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_CheckpointReader;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import tsugiki.base.BadInputException;
import tsugiki.runtime.TensorBundle.Stored;

/**
 * What a bundle holds, read through TensorFlow's C function, since no operation lists the names in
 * a checkpoint.
 */
final class BundleIndex {
  private BundleIndex() {}

  static Path file(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".index");
  }

  /** Names, sorted, and types. */
  static Map<String, DataType> types(Path prefix) {
    Map<String, DataType> types = new TreeMap<>();
    tensors(prefix).forEach((name, tensor) -> types.put(name, tensor.type()));
    return types;
  }

  /** Names, sorted, with types and shapes. */
  static Map<String, Stored> tensors(Path prefix) {
    if (!Files.isRegularFile(file(prefix))) {
      throw new BadInputException(
          "there is no checkpoint " + prefix + ": the file " + file(prefix) + " is missing");
    }
    TensorFlow.version(); // loads the native library
    TF_Status status = TF_Status.newStatus();
    TF_CheckpointReader reader = TF_NewCheckpointReader(prefix.toString(), status);
    try {
      if (TF_GetCode(status) != TF_OK) {
        throw damaged(prefix, TF_Message(status).getString(StandardCharsets.UTF_8), null);
      }
      Map<String, Stored> tensors = new TreeMap<>();
      for (int i = 0; i < TF_CheckpointReaderSize(reader); i++) {
        BytePointer name = TF_CheckpointReaderGetVariable(reader, i);
        long[] sizes = new long[TF_CheckpointReaderGetVariableNumDims(reader, name)];
        TF_CheckpointReaderGetVariableShape(reader, name, sizes, sizes.length, status);
        tensors.put(
            name.getString(StandardCharsets.UTF_8),
            new Stored(
                DataType.forNumber(TF_CheckpointReaderGetVariableDataType(reader, name)),
                Shape.of(sizes)));
      }
      return tensors;
    } finally {
      if (reader != null && !reader.isNull()) {
        TF_DeleteCheckpointReader(reader);
      }
      status.close();
    }
  }

  static BadInputException damaged(Path prefix, String message, Throwable cause) {
    String first = message == null ? "no reason given" : message.lines().findFirst().orElse("");
    return new BadInputException(
        "the checkpoint "
            + prefix
            + " cannot be read; a file of it is missing or damaged, get or make it again ("
            + first
            + ")",
        cause);
  }
}
