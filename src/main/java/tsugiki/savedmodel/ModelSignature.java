package tsugiki.savedmodel;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a served graph takes and gives, by name.
 *
 * @param inputs placeholders; their names become keyword arguments in Python, whose loader refuses
 *     the whole model for a keyword such as {@code class}
 * @param outputs tensors
 */
public record ModelSignature(
    Map<String, ? extends Operand<?>> inputs, Map<String, ? extends Operand<?>> outputs)
    implements ServedSignatures {
  /** The key of the one signature of a model, or of the whole of a model with several. */
  public static final String KEY = "serving_default";

  private static final Set<String> PYTHON_KEYWORDS =
      Set.of(
          ("False None True and as assert async await break class continue def del elif else except"
                  + " finally for from global if import in is lambda nonlocal not or pass raise"
                  + " return try while with yield")
              .split(" "));

  /** What a server calls a signature that takes and gives tensors. */
  static final String METHOD = "tensorflow/serving/predict";

  /** Checks the names of the inputs. */
  public ModelSignature {
    for (String name : inputs.keySet()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || PYTHON_KEYWORDS.contains(name)) {
        throw new IllegalArgumentException(
            "the input " + name + " is no name that Python can pass an argument under");
      }
    }
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
  }

  /** The same with one more input. */
  ModelSignature withInput(String name, Operand<?> placeholder) {
    Map<String, Operand<?>> all = new HashMap<>(inputs);
    all.put(name, placeholder);
    return new ModelSignature(all, outputs);
  }

  /** This one alone. */
  @Override
  public Map<String, ModelSignature> byKey() {
    return Map.of(KEY, this);
  }

  SignatureDef proto() {
    SignatureDef.Builder proto = SignatureDef.newBuilder().setMethodName(METHOD);
    inputs.forEach((name, operand) -> proto.putInputs(name, info(operand.asOutput())));
    outputs.forEach((name, operand) -> proto.putOutputs(name, info(operand.asOutput())));
    return proto.build();
  }

  private static TensorInfo info(Output<?> output) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Shape known = output.shape();
    if (known.isUnknown()) {
      shape.setUnknownRank(true);
    } else {
      for (long size : known.asArray()) {
        shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
      }
    }
    return TensorInfo.newBuilder()
        .setName(tensorName(output))
        .setDtype(output.dataType())
        .setTensorShape(shape)
        .build();
  }

  static String tensorName(Output<?> output) {
    return output.op().name() + ":" + output.index();
  }
}
