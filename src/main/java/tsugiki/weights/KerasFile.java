package tsugiki.weights;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * The weights in an HDF5 file of Keras. Each layer is a group, below {@code model_weights} where
 * the whole model was saved, and the group's attribute {@code weight_names} lists its arrays. An
 * array has the name in that list, {@code block1_conv1/kernel:0}; a name that two layers share is
 * preceded by the layer's. Without a list, as in Keras 3's {@code .weights.h5}, the name is the
 * array's path.
 */
final class KerasFile implements NamedArrays {
  private static final String MODEL = "model_weights";
  private static final String LAYERS = "layer_names";
  private static final String WEIGHTS = "weight_names";

  /** The most that gzip, HDF5's usual filter, can expand. */
  private static final long MOST_EXPANSION = 1032;

  private final Path file;
  private final Map<String, String> paths;

  private KerasFile(Path file, Map<String, String> paths) {
    this.file = file;
    this.paths = paths;
  }

  /**
   * Lists a file.
   *
   * @throws BadInputException if it is cut off or damaged
   */
  static KerasFile open(Path file) {
    Map<String, String> paths =
        in(
            file,
            hdf -> {
              Group root = hdf.getChild(MODEL) instanceof Group model ? model : hdf;
              Map<String, String> found = listed(file, root);
              if (found.isEmpty()) {
                collect(root, "", found);
              }
              return found;
            });
    return new KerasFile(file, paths);
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(paths.keySet());
  }

  @Override
  public long[] shape(String name) {
    return read(name, Dataset::getDimensionsAsLong);
  }

  @Override
  public float[] values(String name) {
    Object flat =
        read(
            name,
            data -> {
              requireBytes(file, data.getDimensionsAsLong(), data.getDataType().getSize());
              return data.isScalar() ? data.getData() : data.getDataFlat();
            });
    if (flat instanceof float[] floats) {
      return floats;
    }
    if (flat instanceof double[] doubles) {
      float[] rounded = new float[doubles.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) doubles[i];
      }
      return rounded;
    }
    if (flat instanceof Number number && (flat instanceof Float || flat instanceof Double)) {
      return new float[] {number.floatValue()};
    }
    throw new BadInputException(
        "%s holds %s as something else than real numbers; give a network's weights"
            .formatted(file, name));
  }

  private <T> T read(String name, Function<Dataset, T> take) {
    NumpyArrays.requireName(file, paths.keySet(), name);
    return in(file, hdf -> take.apply(hdf.getDatasetByPath(paths.get(name))));
  }

  private static <T> T in(Path file, Function<HdfFile, T> work) {
    try (HdfFile hdf = new HdfFile(file)) {
      return work.apply(hdf);
    } catch (BadInputException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A damaged file makes the library fail anywhere in its arithmetic, and reserve what the
      // lengths of its own heaps and tables claim; requireBytes has checked the arrays.
      throw new BadInputException(
          "%s is a damaged HDF5 file (%s); copy or download it again".formatted(file, Reason.of(e)),
          e);
    }
  }

  /**
   * Checks an array's size before the library reserves it.
   *
   * @throws BadInputException if the file cannot hold that much, even compressed
   */
  private static void requireBytes(Path file, long[] shape, int bytesPerValue) {
    double bytes = bytesPerValue;
    for (long length : shape) {
      bytes *= length;
    }
    try {
      if (bytes > (double) MOST_EXPANSION * Files.size(file)) {
        throw new BadInputException(
            "%s is a damaged HDF5 file (an array of the shape %s, more than it can hold); copy or download it again"
                .formatted(file, Arrays.toString(shape)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> listed(Path file, Group root) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String layer : strings(file, root, LAYERS, List.copyOf(root.getChildren().keySet()))) {
      if (root.getChild(layer) instanceof Group group) {
        for (String weight : strings(file, group, WEIGHTS, List.of())) {
          String name = found.containsKey(weight) ? layer + "/" + weight : weight;
          found.put(name, group.getPath() + weight);
        }
      }
    }
    return found;
  }

  private static void collect(Group group, String above, Map<String, String> found) {
    for (Node child : group) {
      String name = above + child.getName();
      if (child instanceof Group below) {
        collect(below, name + "/", found);
      } else if (child instanceof Dataset) {
        found.put(name, child.getPath());
      }
    }
  }

  private static List<String> strings(
      Path file, Group group, String attribute, List<String> otherwise) {
    Attribute list = group.getAttribute(attribute);
    if (list == null) {
      return otherwise;
    }
    if (list.isEmpty() || list.getSize() == 0) {
      return List.of();
    }
    requireBytes(file, list.getDimensionsAsLong(), list.getDataType().getSize());
    Object data = list.getData();
    if (!data.getClass().isArray()) {
      return List.of(data.toString());
    }
    String[] strings = new String[Array.getLength(data)];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = Array.get(data, i).toString();
    }
    return List.of(strings);
  }
}
