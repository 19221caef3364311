package tsugiki.savedmodel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.model.BigGanArchitecture;
import tsugiki.runtime.TensorBundle;

/**
 * A BigGAN generator in a folder, as parts to build it again from: what grafting starts with. To
 * draw images from any generator, use {@link LoadedGenerator}.
 */
public final class StoredGenerator {
  private final Path directory;
  private final ModelMetadata description;
  private final BigGanArchitecture architecture;

  private StoredGenerator(Path directory, ModelMetadata description) {
    this.directory = directory;
    this.description = description;
    this.architecture = description.architecture(BigGanArchitecture.class);
  }

  /**
   * Opens a folder that {@link SavedModelWriter} wrote.
   *
   * @throws BadInputException if it holds no model of ours, one of another kind or version, or one
   *     with parts missing
   */
  public static StoredGenerator open(Path directory) {
    ModelMetadata description = ModelMetadata.read(directory);
    if (!description.kind().equals(ModelMetadata.BIGGAN)) {
      throw new BadInputException(
          directory
              + " holds a model of the kind "
              + description.kind()
              + "; a generator of the kind "
              + ModelMetadata.BIGGAN
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

  /** Its folder. */
  public Path folder() {
    return directory;
  }

  /** The shape of the network. */
  public BigGanArchitecture architecture() {
    return architecture;
  }

  /**
   * The weights by name, below {@link ExportedGenerator#SCOPE}, read anew at every call.
   *
   * @throws BadInputException if the file is damaged
   */
  public Map<String, float[]> weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    TensorBundle.read(SavedModelWriter.variables(directory), description.weights())
        .forEach((name, entry) -> values.put(name, entry.values()));
    return values;
  }
}
