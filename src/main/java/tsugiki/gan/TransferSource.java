package tsugiki.gan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.model.BigGanArchitecture;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.TensorBundle.Entry;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunInputs;

/**
 * What a training begins with instead of random weights: another run, or a model. Of a run it is
 * both networks as its newest checkpoint has them. Of a model it is the averaged generator that was
 * exported, and the discriminator that lies beside it or in its folder, where there is one: in
 * {@code discriminator}, and of those on other frozen networks in folders whose names begin so. Of
 * several it is the one of whose weights most fit.
 */
public final class TransferSource {
  private static final Logger LOG = LoggerFactory.getLogger(TransferSource.class);
  private static final String DISCRIMINATOR = "discriminator";
  private static final String OF_DISCRIMINATOR = DISCRIMINATOR + "/";
  private static final List<String> NETWORKS = List.of("generator/", OF_DISCRIMINATOR);

  private final Path folder;
  private final Optional<Path> checkpoint;

  private TransferSource(Path folder, Optional<Path> checkpoint) {
    this.folder = folder;
    this.checkpoint = checkpoint;
  }

  /**
   * Finds it, without TensorFlow's library.
   *
   * @param folder a run of a GAN, or a SavedModel of a generator that this project has written
   * @throws BadInputException if it is neither
   */
  public static TransferSource open(Path folder) {
    Optional<Path> checkpoint = RunDirectory.newestCheckpoint(folder);
    if (checkpoint.isEmpty()) {
      ModelMetadata.read(folder);
    }
    return new TransferSource(folder, checkpoint);
  }

  /**
   * The shape of its networks.
   *
   * @return empty for a model whose kind does not say
   * @throws BadInputException if the run is no GAN's
   */
  public Optional<GanNetworkOptions> networks() {
    if (checkpoint.isPresent()) {
      return Optional.of(RunDirectory.resume(folder).options(GanRunOptions.class).network());
    }
    ModelMetadata model = ModelMetadata.read(folder);
    return model.kind().equals(ModelMetadata.BIGGAN)
        ? Optional.of(BigGanOptions.of(model.architecture(BigGanArchitecture.class)))
        : Optional.empty();
  }

  /**
   * The weights of both networks by name, read anew at every call.
   *
   * @param discriminator the weights that a discriminator is for
   * @param path what the names of the discriminator are to begin with
   * @throws BadInputException if a file is damaged
   */
  Map<String, Entry> weights(List<Weight> discriminator, String path) {
    if (checkpoint.isPresent()) {
      return read(checkpoint.get(), path);
    }
    Map<String, Entry> weights = new TreeMap<>(read(SavedModelWriter.variables(folder), path));
    discriminators().stream()
        .map(file -> read(file, path))
        .max(Comparator.comparingLong(file -> FittingWeights.numbers(discriminator, file)))
        .ifPresent(weights::putAll);
    return weights;
  }

  /**
   * Begins a training with the weights that fit.
   *
   * @param inputs takes their digest
   * @return what was taken, in words: a line per network
   * @throws BadInputException if nothing fits, or what is frozen does not
   */
  List<String> begin(GanTraining training, RunInputs inputs) {
    Map<String, Entry> weights = weights(training.discriminatorWeights(), OF_DISCRIMINATOR);
    Map<String, float[]> values = new TreeMap<>();
    weights.forEach((name, entry) -> values.put(name, entry.values()));
    inputs.weights("source", values);
    return training.take(this, weights);
  }

  /**
   * Fills the discriminator of another kind of training with the weights that fit.
   *
   * @param network its weights
   * @param path what their names begin with, in the place of this one's {@code discriminator/}
   * @return what was taken, in words
   * @throws BadInputException if nothing fits
   */
  public String fillDiscriminator(Session session, List<Weight> network, String path) {
    FittingWeights fitting =
        FittingWeights.of(network, WeightValues.get(session, network), weights(network, path));
    if (fitting.values().isEmpty()) {
      throw new BadInputException(
          "⟨finishFrom⟩ %s has no discriminator with weights of these names and shapes; name a run whose projected discriminator has this ⟨finishProjector⟩ and ⟨finishWidth⟩"
              .formatted(folder));
    }
    WeightValues.set(session, fitting.values());
    return fitting.describe();
  }

  /**
   * Whether it has a weight of the name and shape of each of a discriminator's, so that nothing of
   * this one begins anew.
   *
   * @param path as for {@link #fillDiscriminator}
   */
  public boolean hasAllOf(List<Weight> network, String path) {
    return FittingWeights.numbers(network, weights(network, path))
        == network.stream().mapToLong(Weight::count).sum();
  }

  /** Logs what was taken, if anything was; when the log goes to the run. */
  static void log(GanRunOptions options, List<String> taken) {
    if (!taken.isEmpty()) {
      LOG.info("begun with the weights of {}: {}", options.from(), String.join("; ", taken));
      LOG.info(
          "learning rates {} and {}; where none are given, a transfer has a quarter of the recipe's",
          options.training().generatorRate(),
          options.training().discriminatorRate());
    }
  }

  /** Whether a model has a discriminator in its folder, as those have that ship. */
  public static boolean hasDiscriminator(Path model) {
    return !inside(model).isEmpty();
  }

  /** The weights of the discriminators in the model's folder, or else beside it in its run. */
  private List<Path> discriminators() {
    return folder.endsWith("model") && !hasDiscriminator(folder)
        ? inside(folder.toAbsolutePath().getParent())
        : inside(folder);
  }

  private static List<Path> inside(Path folder) {
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(DISCRIMINATOR))
          .map(place -> place.resolve("weights"))
          .filter(file -> Files.isRegularFile(file.resolveSibling("weights.index")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The weights of both networks in a file, those of the discriminator below a path. */
  private static Map<String, Entry> read(Path bundle, String path) {
    List<String> wanted =
        TensorBundle.names(bundle).stream()
            .filter(name -> NETWORKS.stream().anyMatch(name::startsWith))
            .toList();
    Map<String, Entry> weights = new TreeMap<>();
    TensorBundle.read(bundle, wanted)
        .forEach(
            (name, entry) ->
                weights.put(
                    name.startsWith(OF_DISCRIMINATOR)
                        ? path + name.substring(OF_DISCRIMINATOR.length())
                        : name,
                    entry));
    return weights;
  }

  /** Where it is. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
