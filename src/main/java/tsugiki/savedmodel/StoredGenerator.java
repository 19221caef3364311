package tsugiki.savedmodel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.graph.BatchNorm;
import tsugiki.model.GeneratorArchitecture;
import tsugiki.runtime.TensorBundle;

/**
 * A BigGAN generator in a folder, as parts to build it again from: what grafting starts with. To
 * draw images from any generator, use {@link LoadedGenerator}.
 */
public final class StoredGenerator {
  /** The kinds of models that layers can be added to. */
  static final List<String> KINDS = List.of(ModelMetadata.BIGGAN, ModelMetadata.BIGGAN_DEEP);

  private final Path directory;
  private final ModelMetadata description;
  private final GeneratorArchitecture architecture;

  private StoredGenerator(Path directory, ModelMetadata description) {
    this.directory = directory;
    this.description = description;
    this.architecture = description.architecture(GeneratorArchitecture.class);
  }

  /**
   * Opens a folder that {@link SavedModelWriter} wrote.
   *
   * @throws BadInputException if it holds no model of ours, one of another kind or version, or one
   *     with parts missing
   */
  public static StoredGenerator open(Path directory) {
    ModelMetadata description = ModelMetadata.read(directory);
    if (!KINDS.contains(description.kind())) {
      throw new BadInputException(
          directory
              + " holds a model of the kind "
              + description.kind()
              + "; a generator of the kind "
              + String.join(" or ", KINDS)
              + " is needed");
    }
    if (!Files.isRegularFile(SavedModelWriter.graph(directory))) {
      throw new BadInputException(
          directory + " holds no saved_model.pb: it was not written to its end; get it again");
    }
    StoredGenerator model = new StoredGenerator(directory, description);
    model.check();
    return model;
  }

  private void check() {
    int names = description.classNames().size();
    if (description.latent() != architecture.latent()
        || description.size() != architecture.size()
        || (names != 0 && names != architecture.classes())) {
      throw new BadInputException(
          "the description of "
              + directory
              + " contradicts itself: "
              + names
              + " class names, z of "
              + description.latent()
              + " and "
              + description.size()
              + " pixels do not belong to "
              + architecture
              + "; get the model again");
    }
    Set<String> missing = new HashSet<>(description.weights());
    TensorBundle.names(SavedModelWriter.variables(directory)).forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new BadInputException(
          SavedModelWriter.variables(directory)
              + " lacks "
              + missing.iterator().next()
              + "; get the model again");
    }
  }

  /** Its classes. */
  public ClassLabels classes() {
    return ClassLabels.of(directory, true, Optional.of(description));
  }

  /** Its folder. */
  public Path folder() {
    return directory;
  }

  /** The shape of the network, with one set of statistics. */
  public GeneratorArchitecture architecture() {
    return architecture.withOneStatistics();
  }

  /**
   * The weights by name, below {@link ExportedGenerator#SCOPE}, read anew at every call. Of several
   * sets of statistics it is the last, which belongs to latent vectors without truncation, as
   * grafts learn them.
   *
   * @throws BadInputException if the file is damaged
   */
  public Map<String, float[]> weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    TensorBundle.read(SavedModelWriter.variables(directory), description.weights())
        .forEach(
            (name, entry) -> values.put(name, isStatistics(name) ? last(entry) : entry.values()));
    return values;
  }

  private boolean isStatistics(String name) {
    return architecture.statistics() > 1 && BatchNorm.isStatistics(name);
  }

  /** The last row of [sets, C]. */
  private static float[] last(TensorBundle.Entry entry) {
    float[] all = entry.values();
    int channels = Math.toIntExact(entry.shape().get(1));
    return Arrays.copyOfRange(all, all.length - channels, all.length);
  }
}
