package tsugiki.savedmodel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
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
 * A BigGAN generator in a folder, as parts to build it again from: what grafting starts with. It
 * may have a graft in it, or several. To draw images from any generator, use {@link
 * LoadedGenerator}.
 */
public final class StoredGenerator {
  /** The kinds of class-conditional generators. */
  static final List<String> KINDS = List.of(ModelMetadata.BIGGAN, ModelMetadata.BIGGAN_DEEP);

  /** Where a graft adds its weights. */
  private static final String ADDED = "graft/";

  private final Path directory;
  private final ModelMetadata description;
  private final GeneratorArchitecture architecture;

  /**
   * The record of a graft, as far as it is read here.
   *
   * @param architecture of the generator below
   * @param earlier the grafts below the last one
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Grafted(GeneratorArchitecture architecture, List<JsonNode> earlier) {}

  private StoredGenerator(Path directory, ModelMetadata description) {
    this.directory = directory;
    this.description = description;
    this.architecture =
        isGraft()
            ? description.architecture(Grafted.class).architecture()
            : description.architecture(GeneratorArchitecture.class);
  }

  /**
   * Opens a folder that {@link SavedModelWriter} wrote.
   *
   * @throws BadInputException if it holds no model of ours, one of another kind or version, or one
   *     with parts missing
   */
  public static StoredGenerator open(Path directory) {
    ModelMetadata description = ModelMetadata.read(directory);
    if (!KINDS.contains(description.kind()) && !description.kind().equals(ModelMetadata.GRAFT)) {
      throw new BadInputException(
          "%s holds a model of the kind %s; a generator of the kind %s or %s is needed"
              .formatted(
                  directory, description.kind(), String.join(", ", KINDS), ModelMetadata.GRAFT));
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

  /** Whether it has a graft in it: one learned vector is in the place of its classes. */
  public boolean isGraft() {
    return description.kind().equals(ModelMetadata.GRAFT);
  }

  /**
   * The record of a graft.
   *
   * @param type its class
   */
  public <T> T description(Class<T> type) {
    return description.architecture(type);
  }

  /** Its classes; none where it {@link #isGraft}. */
  public ClassLabels classes() {
    return ClassLabels.of(directory, !isGraft(), Optional.of(description));
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
   * grafts learn them. What a graft has added is below {@link #added}.
   *
   * @throws BadInputException if the file is damaged
   */
  public Map<String, float[]> weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    TensorBundle.read(SavedModelWriter.variables(directory), description.weights())
        .forEach(
            (name, entry) ->
                values.put(renamed(name), isStatistics(name) ? last(entry) : entry.values()));
    return values;
  }

  /** What the last graft added becomes a part of the generator, and makes room for another's. */
  private String renamed(String name) {
    return isGraft() && name.startsWith(ADDED)
        ? ExportedGenerator.SCOPE
            + "/"
            + added(description.architecture(Grafted.class).earlier().size())
            + name.substring(ADDED.length() - 1)
        : name;
  }

  /**
   * The place of what a graft has added to a generator that another is grafted onto, below {@link
   * ExportedGenerator#SCOPE}.
   *
   * @param number of the graft, from 0 for the first
   */
  public static String added(int number) {
    return "graft_" + (number + 1);
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
