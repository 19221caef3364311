package tsugiki.train;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.Reason;
import tsugiki.base.TextFile;

/**
 * The names in a folder of {@link Checkpoints}: a folder per checkpoint, and the files that name
 * one of them.
 *
 * @param path of the folder, which need not be there
 */
record CheckpointFolder(Path path) {
  /** Names the one in force. */
  static final String LATEST = "latest";

  /** Names the one of the best score. */
  static final String BEST = "best";

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

  private static final Pattern CHECKPOINT = Pattern.compile("step-\\d{6,18}");

  private static final Pattern STEP = Pattern.compile("\\d{1,18}");

  /**
   * The folder of one.
   *
   * @param which {@code best}, {@code latest} or a step
   * @throws BadInputException if it is not there
   */
  Path find(String which) {
    String name =
        switch (which) {
          case BEST ->
              pointed(BEST)
                  .orElseThrow(
                      () ->
                          new BadInputException(
                              "⟨checkpoint⟩ best is not in %s: its training has measured no score; name latest or a step"
                                  .formatted(path)));
          case LATEST ->
              latest()
                  .orElseThrow(
                      () ->
                          new BadInputException(
                              "⟨checkpoint⟩ latest is not in %s: nothing was saved yet"
                                  .formatted(path)));
          default -> named(number(which));
        };
    Path found = path.resolve(name);
    if (!Files.isDirectory(found)) {
      throw new BadInputException(
          "⟨checkpoint⟩ %s is not among those of %s: %s; name one of them, latest or best"
              .formatted(which, path, String.join(", ", candidates(Optional.empty()))));
    }
    return found;
  }

  private static long number(String which) {
    if (!STEP.matcher(which).matches()) {
      throw new BadInputException(
          "⟨checkpoint⟩ is %s; give best, latest or the number of a step".formatted(which));
    }
    return Long.parseLong(which);
  }

  /** The name of the checkpoint after so many steps. */
  static String named(long step) {
    return "step-%06d".formatted(step);
  }

  /** The one in force and those before it, or all where none is in force; the newest first. */
  List<String> candidates(Optional<String> latest) {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      Stream<String> names =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> CHECKPOINT.matcher(name).matches())
              .filter(name -> latest.isEmpty() || step(name) < step(latest.get()));
      return Stream.concat(latest.stream(), names)
          .sorted(Comparator.comparingLong(CheckpointFolder::step).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The step of a checkpoint. */
  static long step(String name) {
    return Long.parseLong(name.substring("step-".length()));
  }

  /** Writes the name of a checkpoint: {@link #LATEST} puts it in force. */
  void point(String pointer, String name) {
    DurableFolder.write(path.resolve(pointer), name + "\n");
  }

  /** Names none as the best. */
  void forgetBest() {
    try {
      Files.deleteIfExists(path.resolve(BEST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the checkpoint in force. */
  Optional<String> latest() {
    return pointed(LATEST);
  }

  /** The checkpoint that {@link #LATEST} or {@link #BEST} names. */
  Optional<String> pointed(String file) {
    Path pointer = path.resolve(file);
    if (!Files.exists(pointer)) {
      return Optional.empty();
    }
    String name = TextFile.read(pointer).strip();
    if (!CHECKPOINT.matcher(name).matches()) {
      throw new BadInputException(
          pointer
              + " names no checkpoint; write the name of one beside it into it, such as step-000500");
    }
    return Optional.of(name);
  }

  /**
   * Deletes older checkpoints, and what a kill left half-written. One that cannot be deleted, say
   * because another process writes a model into it, is left to the next call.
   */
  void forgetAllBut(Set<String> kept) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (CHECKPOINT.matcher(name).matches() && !kept.contains(name)) {
          deleteOrWarn(entry);
        }
      }
    }
  }

  private static void deleteOrWarn(Path old) {
    try {
      delete(old);
    } catch (IOException e) {
      LOG.warn(
          "the old checkpoint {} cannot be deleted: {}; the next one that is saved tries it again",
          old,
          Reason.of(Throwables.getRootCause(e)));
    }
  }

  /** Deletes one. */
  static void delete(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      FileUtils.deleteDirectory(target.toFile());
    }
  }
}
