package tsugiki.savedmodel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.FileDigest;
import tsugiki.base.NumpyFile;
import tsugiki.base.Reason;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.TensorBundle.Entry;

/**
 * A model that grew on another one, as what differs from it: the weights that the other has not, or
 * has with other values, beside a reference to its folder. It is no SavedModel until it is put
 * together again.
 *
 * @param folder where it lies
 * @param description how to build the network again
 * @param rootstock the other model
 * @param differing the weights that differ, by name
 */
public record SlimModel(
    Path folder, ModelMetadata description, Reference rootstock, Map<String, float[]> differing) {

  /**
   * The model that one grew on.
   *
   * @param folder its folder when the slim one was written
   * @param sha256 of its variables' files
   */
  public record Reference(String folder, String sha256) {}

  private static final String REFERENCE = "assets.extra/rootstock.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Whether a folder holds one. */
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(REFERENCE));
  }

  /**
   * Writes what of a model differs from another. The folder appears whole or not at all.
   *
   * @param whole the model as it would be written whole
   * @param rootstock the other model
   * @param folder where to; a model that was there is replaced
   */
  public static void write(SavedModelWriter whole, StoredGenerator rootstock, Path folder) {
    SavedModelWriter.checkTarget(folder);
    Map<String, float[]> known = rootstock.weights();
    Map<String, Entry> entries = new LinkedHashMap<>();
    whole
        .entries()
        .forEach(
            (name, entry) -> {
              if (!Arrays.equals(entry.values(), known.get(name))) {
                entries.put(name, entry);
              }
            });
    try (DurableFolder target = DurableFolder.create(folder)) {
      Path draft = target.draft();
      Files.createDirectories(SavedModelWriter.variables(draft).getParent());
      TensorBundle.write(SavedModelWriter.variables(draft), entries);
      whole.description().withWeights(List.copyOf(entries.keySet())).write(draft);
      if (whole.latents().length > 0) {
        GeneratorCopy.writeLatents(draft, whole.latents(), whole.description().latent());
      }
      Files.writeString(draft.resolve(SavedModelWriter.CARD), whole.card());
      Path other = rootstock.folder().toAbsolutePath().normalize();
      JSON.writeValue(
          draft.resolve(REFERENCE).toFile(), new Reference(other.toString(), digest(other)));
      target.publish();
    } catch (IOException e) {
      throw SavedModelWriter.unwritten(folder, e);
    } catch (UncheckedIOException e) {
      throw SavedModelWriter.unwritten(folder, e.getCause());
    }
  }

  /**
   * Opens one.
   *
   * @throws BadInputException if it is damaged
   */
  public static SlimModel open(Path folder) {
    ModelMetadata description = ModelMetadata.read(folder);
    Map<String, float[]> differing = new LinkedHashMap<>();
    TensorBundle.read(SavedModelWriter.variables(folder), description.weights())
        .forEach((name, entry) -> differing.put(name, entry.values()));
    try {
      Reference reference = JSON.readValue(folder.resolve(REFERENCE).toFile(), Reference.class);
      return new SlimModel(folder, description, reference, differing);
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be read (%s); get the model again"
              .formatted(folder.resolve(REFERENCE), Reason.of(e)),
          e);
    }
  }

  /**
   * All weights of the model, its own and the other's.
   *
   * @param moved where the other model lies now; empty for where it was
   * @throws BadInputException if it is not there, or another one
   */
  public Map<String, float[]> weights(Optional<Path> moved) {
    Path other = moved.orElse(Path.of(rootstock.folder()));
    if (!Files.isRegularFile(SavedModelWriter.graph(other))) {
      throw new BadInputException(
          "%s is what differs from the model %s, which is not there; give its folder as ⟨rootstock⟩"
              .formatted(folder, other));
    }
    String found = digest(other);
    if (!found.equals(rootstock.sha256())) {
      throw new BadInputException(
          "%s grew on a model whose variables have the SHA-256 %s, and those of %s have %s; give the model that it grew on as ⟨rootstock⟩"
              .formatted(folder, rootstock.sha256(), other, found));
    }
    Map<String, float[]> all = new LinkedHashMap<>(StoredGenerator.open(other).weights());
    all.putAll(differing);
    return all;
  }

  /** The model card. */
  public String card() {
    try {
      return Files.readString(folder.resolve(SavedModelWriter.CARD));
    } catch (IOException e) {
      throw new BadInputException(
          "%s has no readable card (%s); get the model again".formatted(folder, Reason.of(e)), e);
    }
  }

  /** The latent vectors that were learned with its weights, empty where none were. */
  public float[] latents() {
    Path file = folder.resolve(GeneratorCopy.LATENTS);
    return Files.isRegularFile(file) ? NumpyFile.read(file).floats() : new float[0];
  }

  private static String digest(Path model) {
    Path prefix = SavedModelWriter.variables(model);
    try {
      return FileDigest.sha256(
          List.of(
              SavedModelWriter.index(model),
              prefix.resolveSibling(prefix.getFileName() + ".data-00000-of-00001")));
    } catch (IOException e) {
      throw new BadInputException(
          "the variables of %s cannot be read (%s); get the model again"
              .formatted(model, Reason.of(e)),
          e);
    }
  }
}
