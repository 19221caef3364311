package tsugiki.cluster;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.ModelFolder;
import tsugiki.savedmodel.Sampler;
import tsugiki.savedmodel.TrustedModels;

/**
 * Describes images that a generator draws by their seeds, so that every process draws the same
 * ones.
 *
 * @param model which generator
 * @param truncation see {@link LoadedGenerator#latents}
 * @param className the class of every image; null lets the seed decide
 */
public record DrawnImages(Model model, double truncation, String className)
    implements Serializable {
  private static final KeptOpen<Model, LoadedGenerator> OPEN = new KeptOpen<>(Model::open);

  /**
   * A generator's SavedModel.
   *
   * @param folder the same on all machines
   * @param digest of its graph and variables
   * @param trusted whether its graph may do more than compute
   * @param session of the generator
   */
  public record Model(String folder, String digest, boolean trusted, BulkSession session)
      implements Serializable {
    /** The model in a folder of this machine. */
    public static Model at(Path folder, BulkSession session) {
      Path absolute = folder.toAbsolutePath().normalize();
      return new Model(
          absolute.toString(),
          ModelFolder.digest(absolute),
          TrustedModels.contains(absolute),
          session);
    }

    private LoadedGenerator open() {
      Path path = Path.of(folder);
      if (trusted) {
        TrustedModels.add(path);
      }
      LoadedGenerator generator = LoadedGenerator.open(path, session.settings());
      if (!ModelFolder.digest(path).equals(digest)) {
        generator.close();
        throw new BadInputException(
            "%s is another model here; bring the same one to all machines".formatted(path));
      }
      return generator;
    }
  }

  /** Draws images as long as it is open. */
  record Drawing(KeptOpen<Model, LoadedGenerator>.Lease generator, Sampler sampler)
      implements AutoCloseable {
    @Override
    public void close() {
      generator.close();
    }
  }

  /**
   * Opens the generator, unless this process has it open.
   *
   * @throws BadInputException if it is not there or is another one, or has no such class or
   *     truncation
   */
  Drawing open() {
    KeptOpen<Model, LoadedGenerator>.Lease generator = OPEN.lease(model);
    try {
      return new Drawing(
          generator, Sampler.of(generator.value(), truncation, Optional.ofNullable(className)));
    } catch (RuntimeException e) {
      generator.close();
      throw e;
    }
  }
}
