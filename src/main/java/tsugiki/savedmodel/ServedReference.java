package tsugiki.savedmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TensorShapeProto.Dim;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.base.Reason;
import tsugiki.base.SystemRefusal;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/**
 * What a SavedModel gives in Java for random inputs, as files that {@code tools/serve_check.py}
 * compares with what it gives in Python: {@code inputs/NAME.npy} and {@code outputs/NAME.npy}, all
 * as float32, of the signature {@code serving_default}.
 */
public final class ServedReference {
  private static final int COUNT = 4;
  private static final int SIDE = 48;
  private static final float TRUNCATION = 0.5f;
  private static final long SEED = 7;

  /** The axes that a signature may leave open: images, height and width. */
  private static final int OPEN_AXES = 3;

  /** An input: its shape and its numbers in row-major order. */
  private record Values(int[] shape, float[] numbers) {}

  private ServedReference() {}

  /**
   * Writes the files.
   *
   * @param model the SavedModel's folder
   * @param folder made where it is missing
   * @param sides height and width of inputs whose signature leaves them open, by name; {@value
   *     #SIDE} where there are none
   * @throws BadInputException if there is no such model, it does more than compute, or its
   *     signature takes or gives what this does not know
   * @throws UncheckedIOException if a file cannot be written, naming it
   */
  public static void write(
      Path model, Path folder, Map<String, int[]> sides, Sessions.Settings settings) {
    MetaGraphDef served = SavedModelReader.serving(model);
    SignatureDef signature = served.getSignatureDefMap().get(ModelSignature.KEY);
    if (signature == null) {
      throw new BadInputException(
          "%s has no signature %s; name a model that can be served"
              .formatted(model, ModelSignature.KEY));
    }
    MetaGraphDef checked = TrustedOps.checked(model, served, signature);
    int classes = ModelMetadata.find(model).map(d -> d.classNames().size()).orElse(0);
    Map<String, Values> inputs = new HashMap<>();
    signature
        .getInputsMap()
        .forEach(
            (name, tensor) -> {
              requireKnown(model, name, tensor.getTensorShape());
              inputs.put(name, values(name, tensor, sides.get(name), classes));
            });
    try (OpenedModel opened = OpenedModel.open(model, checked, settings)) {
      for (Map.Entry<String, Values> input : inputs.entrySet()) {
        save(folder.resolve("inputs"), input.getKey(), input.getValue());
      }
      for (Map.Entry<String, Values> output : run(opened, signature, inputs).entrySet()) {
        save(folder.resolve("outputs"), output.getKey(), output.getValue());
      }
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw SavedModelReader.damaged(model, Reason.of(e), e);
    }
  }

  private static void requireKnown(Path model, String name, TensorShapeProto shape) {
    if (shape.getUnknownRank()
        || shape.getDimList().stream().skip(OPEN_AXES).anyMatch(dim -> dim.getSize() < 0)) {
      throw new BadInputException(
          "%s leaves more of its input %s open than a number of images, their height and width; name a model whose other sizes are known"
              .formatted(model, name));
    }
  }

  private static void save(Path folder, String name, Values values) {
    Path file = folder.resolve(name + ".npy");
    try {
      Files.createDirectories(folder);
      NumpyFile.write(file, values.numbers, values.shape);
    } catch (IOException e) {
      throw SystemRefusal.cannotWrite(file, e);
    }
  }

  private static Values values(String name, TensorInfo tensor, int[] sides, int classes) {
    int[] shape = shape(tensor, Optional.ofNullable(sides).orElse(new int[] {SIDE, SIDE}));
    int count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, size);
    }
    Random random = new Random(SEED ^ name.hashCode());
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (tensor.getDtype()) {
            case DT_UINT8 -> random.nextInt(256);
            case DT_INT64, DT_INT32 -> i % Math.max(1, classes);
            default ->
                name.equals(ExportedGenerator.TRUNCATION)
                    ? TRUNCATION
                    : (float) random.nextGaussian();
          };
    }
    if (name.equals(ExportedGenerator.Z)) {
      long[] seeds = LongStream.range(0, COUNT).toArray();
      return new Values(shape, LatentDraws.normal(count / COUNT, 1, seeds));
    }
    return new Values(shape, numbers);
  }

  /** The first open size is the number of images, those after it are height and width. */
  private static int[] shape(TensorInfo tensor, int[] sides) {
    List<Dim> dims = tensor.getTensorShape().getDimList();
    int[] shape = new int[dims.size()];
    for (int axis = 0; axis < shape.length; axis++) {
      long size = dims.get(axis).getSize();
      shape[axis] = size >= 0 ? Math.toIntExact(size) : axis == 0 ? COUNT : sides[axis - 1];
    }
    return shape;
  }

  private static Map<String, Values> run(
      OpenedModel model, SignatureDef signature, Map<String, Values> inputs) {
    List<Tensor> feeds = new ArrayList<>();
    List<String> names = List.copyOf(signature.getOutputsMap().keySet());
    Session.Runner runner = model.session().runner();
    try {
      inputs.forEach(
          (name, values) -> {
            TensorInfo input = signature.getInputsOrThrow(name);
            feeds.add(tensor(values, input.getDtype()));
            runner.feed(input.getName(), feeds.get(feeds.size() - 1));
          });
      names.forEach(name -> runner.fetch(signature.getOutputsOrThrow(name).getName()));
      Map<String, Values> outputs = new HashMap<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < names.size(); i++) {
          outputs.put(names.get(i), values(names.get(i), result.get(i)));
        }
      }
      return outputs;
    } finally {
      feeds.forEach(Tensor::close);
    }
  }

  private static Tensor tensor(Values values, DataType type) {
    float[] numbers = values.numbers;
    long[] sizes = new long[values.shape.length];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = values.shape[axis];
    }
    return switch (type) {
      case DT_FLOAT -> Tensors.floats(Shape.of(sizes), numbers);
      case DT_UINT8 -> {
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) numbers[i];
        }
        yield Tensors.bytes(Shape.of(sizes), bytes);
      }
      case DT_INT64 -> {
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
          longs[i] = (long) numbers[i];
        }
        yield Tensors.longs(longs);
      }
      case DT_INT32 -> {
        int[] ints = new int[numbers.length];
        for (int i = 0; i < ints.length; i++) {
          ints[i] = (int) numbers[i];
        }
        yield TInt32.tensorOf(Shape.of(sizes), DataBuffers.of(ints));
      }
      default ->
          throw new BadInputException(
              "the model takes %s, which the check does not know; it knows floats, bytes and labels"
                  .formatted(ModelInspection.name(type)));
    };
  }

  private static Values values(String name, Tensor output) {
    long[] sizes = output.shape().asArray();
    int[] shape = new int[sizes.length];
    for (int axis = 0; axis < sizes.length; axis++) {
      shape[axis] = Math.toIntExact(sizes[axis]);
    }
    if (output instanceof TFloat32 floats) {
      return new Values(shape, Tensors.toFloats(floats));
    }
    if (output instanceof TUint8 bytes) {
      byte[] given = Tensors.toBytes(bytes);
      float[] numbers = new float[given.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Byte.toUnsignedInt(given[i]);
      }
      return new Values(shape, numbers);
    }
    throw new BadInputException(
        "the model gives %s as %s, which the check does not know; it knows floats and bytes"
            .formatted(name, output.dataType()));
  }
}
