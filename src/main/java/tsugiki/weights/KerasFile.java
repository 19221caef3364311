package tsugiki.weights;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tsugiki.base.BadInputException;

/**
 * The weights in an HDF5 file as Keras writes it: a group a layer, below {@code model_weights}
 * where the whole model was saved, whose attribute {@code weight_names} lists its arrays. They are
 * named as that list names them, {@code block1_conv1/kernel:0}; a name that two layers share is
 * preceded by the layer's. Where nothing lists them, as in Keras 3's {@code .weights.h5}, an
 * array's name is its path.
 */
final class KerasFile implements NamedArrays {
  private static final String MODEL = "model_weights";
  private static final String LAYERS = "layer_names";
  private static final String WEIGHTS = "weight_names";

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
              Map<String, String> found = listed(root);
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
    Object flat = read(name, data -> data.isScalar() ? data.getData() : data.getDataFlat());
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
    } catch (RuntimeException | StackOverflowError e) {
      // The library meets a damaged file with whatever its arithmetic runs into.
      throw new BadInputException(
          "%s is a damaged HDF5 file (%s); copy or download it again".formatted(file, e), e);
    }
  }

  private static Map<String, String> listed(Group root) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String layer : strings(root, LAYERS, List.copyOf(root.getChildren().keySet()))) {
      if (root.getChild(layer) instanceof Group group) {
        for (String weight : strings(group, WEIGHTS, List.of())) {
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

  private static List<String> strings(Group group, String attribute, List<String> otherwise) {
    Attribute list = group.getAttribute(attribute);
    if (list == null) {
      return otherwise;
    }
    if (list.isEmpty() || list.getSize() == 0) {
      return List.of();
    }
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
