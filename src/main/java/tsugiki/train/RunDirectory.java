package tsugiki.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tsugiki.BadInputException;

/**
 * The directory of one run: {@code options.json}, {@code log.txt}, {@code metrics.jsonl}, {@code
 * checkpoints/}, pictures and the model. It is made after everything has been checked, so that bad
 * input leaves nothing behind.
 */
public final class RunDirectory {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper LINES = new ObjectMapper();

  private final Path path;

  private RunDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes a new one.
   *
   * @param path a folder that does not exist or is empty
   * @param options the resolved options, written as JSON
   * @throws BadInputException if something is there already
   */
  public static RunDirectory create(Path path, Object options) {
    try {
      refuseUsed(path);
      Files.createDirectories(path);
      RunDirectory run = new RunDirectory(path);
      Files.writeString(run.path.resolve("options.json"), JSON.writeValueAsString(options) + "\n");
      return run;
    } catch (IOException e) {
      throw new BadInputException("--out " + path + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Checks that a run could be made there, without making it.
   *
   * @throws BadInputException if something is there already
   */
  public static void refuseUsed(Path path) {
    if (Files.isRegularFile(path)) {
      throw new BadInputException("--out " + path + " is a file; name a new folder");
    }
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          throw new BadInputException(
              "--out " + path + " is not empty; name a new folder, or go on with --resume " + path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Opens one to go on with.
   *
   * @throws BadInputException if it is no run
   */
  public static RunDirectory resume(Path path) {
    if (!Files.isRegularFile(path.resolve("options.json"))) {
      throw new BadInputException(
          "--resume " + path + " holds no options.json; name the folder of an earlier run");
    }
    return new RunDirectory(path);
  }

  /** The resolved options of the run as they were saved. */
  public JsonNode options() {
    try {
      return JSON.readTree(path.resolve("options.json").toFile());
    } catch (IOException e) {
      throw new BadInputException(
          path.resolve("options.json") + " is no valid JSON: " + firstLine(e), e);
    }
  }

  /** A file or folder in it. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Adds a line to {@code metrics.jsonl}. */
  public void metrics(long step, Map<String, ?> values) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.putAll(values);
    try {
      Files.writeString(
          path.resolve("metrics.jsonl"),
          LINES.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets what was measured after a step, since a resumed run measures it again. */
  public void forgetAfter(long step) {
    Path file = path.resolve("metrics.jsonl");
    if (!Files.exists(file)) {
      return;
    }
    try (Stream<String> lines = Files.lines(file)) {
      List<String> kept = lines.filter(line -> stepOf(line) <= step).toList();
      Path fresh = path.resolve("metrics.jsonl.tmp");
      Files.write(fresh, kept, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The step of a line; one that a kill cut short belongs to no kept step. */
  private static long stepOf(String line) {
    try {
      return LINES.readTree(line).path("step").asLong(Long.MAX_VALUE);
    } catch (JsonProcessingException e) {
      return Long.MAX_VALUE;
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
