package tsugiki.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;
import tsugiki.pretrained.PublishedGenerators;
import tsugiki.savedmodel.SlimModel;
import tsugiki.train.RunDirectory;

/**
 * Finds the model that a flag names: a model's folder, a run directory, or the name of a model that
 * ships with the program or was fetched.
 */
final class ModelPath {
  private static final String GRAPH = "saved_model.pb";

  /** Names the newest checkpoint of a run. */
  private static final String CHECKPOINT = "checkpoints/latest";

  /**
   * What the launcher sets to the root of the project; its models lie below {@code savedmodels}.
   */
  private static final String HOME = "tsugiki.home";

  private ModelPath() {}

  /**
   * The folder of the SavedModel; whether it can be loaded is not looked at.
   *
   * @param flag the flag that names it, for the message
   * @param name what the user typed; a folder of that name comes before a shipped model, and that
   *     before a published one that graft has fetched
   * @throws BadInputException if it is none of them
   */
  static Path find(String flag, String name) {
    Path path = path(flag, name);
    Stream<Path> folders = Stream.of(path, path.resolve("model"), shipped().resolve(path));
    PublishedGenerators published = new PublishedGenerators();
    return Stream.concat(folders, published.find(name).map(published::folder).stream())
        .filter(ModelPath::isModel)
        .findFirst()
        .orElseThrow(() -> new BadInputException(flag + " " + name + " " + what(path)));
  }

  /**
   * The folder of a run that has a checkpoint, or else of a SavedModel.
   *
   * @param flag the flag that names it, for the message
   * @param name what the user typed
   * @throws BadInputException if it is neither
   */
  static Path source(String flag, String name) {
    Path path = path(flag, name);
    return Files.isRegularFile(path.resolve(CHECKPOINT)) ? path : find(flag, name);
  }

  private static Path path(String flag, String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new BadInputException(
          flag + " '" + name + "' is no path (" + e.getReason() + "); name a model", e);
    }
  }

  static boolean isModel(Path folder) {
    return Files.isRegularFile(folder.resolve(GRAPH));
  }

  private static String what(Path path) {
    if (SlimModel.isOne(path) || SlimModel.isOne(path.resolve("model"))) {
      return "holds a graft as what differs from its rootstock; make a SavedModel of it by import"
          + " --weights, and name that";
    }
    if (RunDirectory.isRun(path)) {
      return "is a run that has written no model; wait for its end, or name another";
    }
    String found =
        Files.isDirectory(path)
            ? "holds no " + GRAPH + ", so it is no SavedModel"
            : Files.exists(path) ? "is a file" : "does not exist";
    List<String> ships = namesOfShipped();
    return found
        + "; name the folder of a SavedModel or a run directory"
        + (ships.isEmpty() ? "" : ", or a model that ships: " + String.join(", ", ships));
  }

  private static Path shipped() {
    return Path.of(System.getProperty(HOME, ""), "savedmodels");
  }

  private static List<String> namesOfShipped() {
    if (!Files.isDirectory(shipped())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(shipped())) {
      return folders
          .filter(ModelPath::isModel)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
