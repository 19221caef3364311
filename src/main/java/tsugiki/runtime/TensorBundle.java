package tsugiki.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.Reason;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;

/**
 * TensorFlow's own file format for named tensors, which checkpoints and the variables of a
 * SavedModel share: {@code PREFIX.index} and {@code PREFIX.data-00000-of-00001}. Python reads it
 * with {@code tf.train.load_checkpoint(PREFIX)}. Every tensor carries a checksum, which reading
 * verifies.
 *
 * <p>A bundle is two files, so overwriting one is not atomic: write each into a fresh folder.
 */
public final class TensorBundle {
  /** The largest magnitude that a half holds. */
  public static final float HALF_MAX = 65504;

  /**
   * One tensor of a bundle.
   *
   * @param shape its shape
   * @param values its values in row-major order
   * @param half whether the file holds it in 16 bits: 11 of a float's 24 bits of precision, and
   *     magnitudes up to {@link #HALF_MAX}
   */
  public record Entry(Shape shape, float[] values, boolean half) {
    /** Checks that the values fill the shape. */
    public Entry {
      if (shape.size() != values.length) {
        throw new IllegalArgumentException(
            values.length + " values do not fill the shape " + shape);
      }
    }

    /** A tensor that is stored as it is. */
    public static Entry of(Shape shape, float... values) {
      return new Entry(shape, values, false);
    }
  }

  /**
   * What a bundle says of one tensor without reading it.
   *
   * @param type any type, also those that {@link #read} refuses
   * @param shape its shape
   */
  public record Stored(DataType type, Shape shape) {}

  private TensorBundle() {}

  /**
   * Writes a bundle; when this returns, its bytes are on the disk.
   *
   * @param prefix the folder, which exists, and the start of the files' names
   * @param tensors at least one, by name
   * @throws UncheckedIOException if they cannot be written
   */
  public static void write(Path prefix, Map<String, Entry> tensors) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Session.Runner runner = session.runner();
      List<Tensor> feeds = new ArrayList<>();
      List<Operand<?>> saved = new ArrayList<>();
      try {
        for (Entry entry : tensors.values()) {
          Placeholder<TFloat32> feed =
              tf.placeholder(TFloat32.class, Placeholder.shape(entry.shape()));
          feeds.add(Tensors.floats(entry.shape(), entry.values()));
          runner.feed(feed, feeds.get(feeds.size() - 1));
          saved.add(entry.half() ? tf.dtypes.cast(feed, TFloat16.class) : feed);
        }
        runner.addTarget(save(tf, prefix, tensors.keySet(), saved)).run().close();
      } catch (TensorFlowException e) {
        String reason = reason(prefix, e);
        throw new UncheckedIOException(
            "Cannot write " + prefix + ": " + reason, new IOException(reason, e));
      } finally {
        feeds.forEach(Tensor::close);
      }
    }
    sync(prefix);
  }

  /** TensorFlow names a temporary file before it. */
  private static String reason(Path prefix, TensorFlowException e) {
    String reason = Reason.of(e);
    return reason.startsWith(prefix.toString())
        ? reason.substring(reason.lastIndexOf("; ") + 1).strip()
        : reason;
  }

  /**
   * Every tensor of a bundle that holds floats or halves, in the order of names.
   *
   * @throws BadInputException if a file is missing or damaged
   */
  public static Map<String, Entry> read(Path prefix) {
    Map<String, DataType> types = BundleIndex.types(prefix);
    types.values().removeIf(type -> type != DataType.DT_FLOAT && type != DataType.DT_HALF);
    return read(prefix, types);
  }

  /**
   * The tensors of these names, in their order.
   *
   * @throws BadInputException if a file is missing or damaged, or a name is not there or is not of
   *     floats or halves
   */
  public static Map<String, Entry> read(Path prefix, Collection<String> names) {
    Map<String, DataType> types = BundleIndex.types(prefix);
    Map<String, DataType> wanted = new LinkedHashMap<>();
    for (String name : names) {
      DataType type = types.get(name);
      if (type == null) {
        throw new BadInputException(
            BundleIndex.file(prefix)
                + " lists no tensor named "
                + name
                + "; is it another model's?");
      }
      if (type != DataType.DT_FLOAT && type != DataType.DT_HALF) {
        throw new BadInputException(
            prefix + " holds " + name + " as " + type + "; only float and half can be read");
      }
      wanted.put(name, type);
    }
    return read(prefix, wanted);
  }

  /**
   * The names of all tensors, sorted.
   *
   * @throws BadInputException if the index is missing or damaged
   */
  public static List<String> names(Path prefix) {
    return List.copyOf(BundleIndex.types(prefix).keySet());
  }

  /**
   * All tensors, sorted by name, without their values.
   *
   * @throws BadInputException if the index is missing or damaged
   */
  public static Map<String, Stored> list(Path prefix) {
    return BundleIndex.tensors(prefix);
  }

  private static Map<String, Entry> read(Path prefix, Map<String, DataType> types) {
    if (types.isEmpty()) {
      return new LinkedHashMap<>();
    }
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Session.Runner runner = session.runner();
      restore(GraphScope.ops(graph), prefix, types).forEach(runner::fetch);
      try (Result result = runner.run()) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        types.forEach(
            (name, type) -> {
              TFloat32 tensor = (TFloat32) result.get(entries.size());
              boolean half = type == DataType.DT_HALF;
              entries.put(name, new Entry(tensor.shape(), Tensors.toFloats(tensor), half));
            });
        return entries;
      }
    } catch (TensorFlowException e) {
      throw BundleIndex.damaged(prefix, Reason.of(e), e);
    }
  }

  private static List<Operand<TFloat32>> restore(Ops tf, Path prefix, Map<String, DataType> types) {
    List<Class<? extends TType>> classes = new ArrayList<>();
    types
        .values()
        .forEach(type -> classes.add(type == DataType.DT_HALF ? TFloat16.class : TFloat32.class));
    List<Operand<TFloat32>> tensors = new ArrayList<>();
    tf.train
        .restore(
            tf.constant(prefix.toString()),
            strings(tf, types.keySet()),
            wholeTensors(tf, types.size()),
            classes)
        .forEach(tensor -> tensors.add(tf.dtypes.cast(tensor, TFloat32.class)));
    return tensors;
  }

  private static Op save(Ops tf, Path prefix, Collection<String> names, List<Operand<?>> tensors) {
    return tf.train.save(
        tf.constant(prefix.toString()),
        strings(tf, names),
        wholeTensors(tf, names.size()),
        tensors);
  }

  private static Operand<TString> strings(Ops tf, Collection<String> strings) {
    try (TString tensor = TString.vectorOf(strings.toArray(String[]::new))) {
      return tf.constantOf(tensor);
    }
  }

  /** What SaveV2 and RestoreV2 take for tensors that are not cut into slices. */
  private static Operand<TString> wholeTensors(Ops tf, int count) {
    return strings(tf, Collections.nCopies(count, ""));
  }

  private static void sync(Path prefix) {
    String start = prefix.getFileName() + ".";
    try (Stream<Path> files = Files.list(prefix.toAbsolutePath().getParent())) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith(start)).toList()) {
        DurableFolder.sync(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
