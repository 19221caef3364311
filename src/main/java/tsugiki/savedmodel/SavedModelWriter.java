package tsugiki.savedmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.proto.SavedModel;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.SystemRefusal;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Weight;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.TensorBundle.Entry;

/**
 * Writes a model as a SavedModel to a folder that Python ({@code tf.saved_model.load}), TensorFlow
 * Serving and Java ({@code SavedModelBundle}) load: tag {@code serve}, signature {@code
 * serving_default}, variables named as our weights.
 *
 * @param network builds what is served: stored statistics, plain kernels
 * @param values the weights by name, row-major, spectral norms already divided out; names that the
 *     network does not use are left out of the file
 * @param description how to build the network again
 * @param card the model card in Markdown: data, training, scores, limits; {@link #write} adds what
 *     the model takes and gives
 * @param precision how the file holds the numbers; loaded, they are floats either way
 * @param latents the latent vectors that were learned with the weights, one row per training image;
 *     empty where none were. {@link GeneratorCopy#learnedLatents} reads them
 */
public record SavedModelWriter(
    ExportedNetwork network,
    Map<String, float[]> values,
    ModelMetadata description,
    String card,
    Precision precision,
    float[] latents) {

  /** A model without learned latent vectors. */
  public SavedModelWriter(
      ExportedNetwork network,
      Map<String, float[]> values,
      ModelMetadata description,
      String card,
      Precision precision) {
    this(network, values, description, card, precision, new float[0]);
  }

  /** The same model with learned latent vectors. */
  public SavedModelWriter withLatents(float[] learned) {
    return new SavedModelWriter(network, values, description, card, precision, learned);
  }

  /** How a file holds numbers. */
  public enum Precision {
    /** 32 bits: the loaded network is the written one bit for bit. */
    FLOAT,
    /**
     * 16 bits for kernels and tables, which makes the file half as large. Vectors, scalars and
     * statistics stay at 32 bits: they are a hundredth of the bytes, and variances can leave the
     * range of a half.
     */
    HALF
  }

  /** The model card's file. */
  static final String CARD = "card.md";

  private static final String GRAPH = "saved_model.pb";
  private static final String VARIABLES = "variables/variables";

  /** The prefix of the bundle with a model's weights. */
  public static Path variables(Path directory) {
    return directory.resolve(VARIABLES);
  }

  /** The file that lists a model's weights; a model that has none may lack it. */
  static Path index(Path directory) {
    return directory.resolve(VARIABLES + ".index");
  }

  /** The file with a model's graph. */
  static Path graph(Path directory) {
    return directory.resolve(GRAPH);
  }

  /**
   * Writes the folder. It appears whole or not at all; a model that was there is replaced.
   *
   * @throws BadInputException if the folder holds something that is no SavedModel
   * @throws IllegalArgumentException if a weight that the network uses has no value, or one of
   *     another size
   */
  public void write(Path directory) {
    checkTarget(directory);
    ExportedGraph graph = ExportedGraph.build(network, this::half);
    Map<String, Entry> entries = entries(graph);
    try (DurableFolder folder = DurableFolder.create(directory)) {
      Path draft = folder.draft();
      Files.createDirectories(variables(draft).getParent());
      TensorBundle.write(variables(draft), entries);
      description.withWeights(List.copyOf(entries.keySet())).write(draft);
      if (latents.length > 0) {
        GeneratorCopy.writeLatents(draft, latents, description.latent());
      }
      Files.writeString(draft.resolve(CARD), describing(graph));
      // Last, since a folder without it is no model to anybody.
      Files.write(graph(draft), savedModel(graph).toByteArray());
      folder.publish();
    } catch (IOException e) {
      throw unwritten(directory, e);
    } catch (UncheckedIOException e) {
      // It names a file of the draft.
      throw unwritten(directory, e.getCause());
    }
  }

  static UncheckedIOException unwritten(Path directory, IOException e) {
    return new UncheckedIOException(
        "the model could not be written to %s: %s".formatted(directory, SystemRefusal.reason(e)),
        e);
  }

  /** The check that {@link #write} begins with, for callers who train before they write. */
  public static void checkTarget(Path directory) {
    if (!Files.exists(directory)
        || Files.isRegularFile(graph(directory))
        || SlimModel.isOne(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new BadInputException(
          directory + " is a file; name a new folder for the model, or one with a model");
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new BadInputException(
            directory
                + " is not empty and holds no "
                + GRAPH
                + "; name a new folder for the model");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The card with what the model takes and gives before its first section. */
  private String describing(ExportedGraph graph) {
    String section =
        CardSignatures.of(graph.metaGraph().getSignatureDefMap(), description.classNames().size());
    int at = card.indexOf("\n## ");
    return at < 0 ? card + section : card.substring(0, at) + section + card.substring(at);
  }

  /** What the file holds, by name. */
  Map<String, Entry> entries() {
    return entries(ExportedGraph.build(network, this::half));
  }

  private Map<String, Entry> entries(ExportedGraph graph) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    graph.stored().values().forEach(weight -> entries.put(weight.name(), entry(weight)));
    return entries;
  }

  private static SavedModel savedModel(ExportedGraph graph) {
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(1)
        .addMetaGraphs(graph.metaGraph())
        .build();
  }

  private Entry entry(Weight weight) {
    return new Entry(weight.shape(), value(weight), half(weight));
  }

  private boolean half(Weight weight) {
    return precision == Precision.HALF
        && weight.shape().numDimensions() > 1
        && !BatchNorm.isStatistics(weight.name())
        && fitsHalf(weight);
  }

  private boolean fitsHalf(Weight weight) {
    for (float value : value(weight)) {
      if (Math.abs(value) > TensorBundle.HALF_MAX) {
        return false;
      }
    }
    return true;
  }

  private float[] value(Weight weight) {
    float[] value = values.get(weight.name());
    if (value == null || value.length != weight.count()) {
      throw new IllegalArgumentException(
          "the weight "
              + weight.name()
              + (value == null ? " has no value" : " has " + value.length + " values")
              + "; the network takes one of the shape "
              + weight.shape());
    }
    return value;
  }
}
