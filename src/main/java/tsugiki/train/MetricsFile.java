package tsugiki.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tsugiki.base.AtomicFile;
import tsugiki.base.SystemRefusal;
import tsugiki.base.TextFile;
import tsugiki.train.RunDirectory.Series;

/**
 * The file {@code metrics.jsonl} of a run: one JSON object per line, each with its {@code step}.
 *
 * @param path where it is; it begins to exist with the first line
 */
record MetricsFile(Path path) {
  private static final ObjectMapper LINES = new ObjectMapper();
  private static final String STEP = "step";

  /** Adds a line. */
  void add(long step, Map<String, ?> values) {
    try {
      long before = Files.exists(path) ? Files.size(path) : 0;
      try {
        Files.writeString(
            path, line(step, values), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        // Half a line would stand before the next one.
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
          file.truncate(before);
        }
        throw e;
      }
    } catch (IOException e) {
      throw SystemRefusal.cannotWrite(path, e);
    }
  }

  /** Puts a line before all others; the file is the former one or the new one, and whole. */
  void addFirst(long step, Map<String, ?> values) {
    String others = text(lines());
    AtomicFile.write(
        path, out -> out.write((line(step, values) + others).getBytes(StandardCharsets.UTF_8)));
  }

  private static String line(long step, Map<String, ?> values) throws JsonProcessingException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(STEP, step);
    line.putAll(values);
    return LINES.writeValueAsString(line) + "\n";
  }

  private static String text(List<JsonNode> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** The lines in order; one that a kill cut short, or that is no JSON, is left out. */
  List<JsonNode> lines() {
    if (!Files.exists(path)) {
      return List.of();
    }
    return TextFile.read(path)
        .lines()
        .map(MetricsFile::parse)
        .filter(line -> line.has(STEP))
        .toList();
  }

  /** The last value of every name, the step left out. */
  Map<String, Double> last() {
    return values(lines());
  }

  /** What such lines have under one name. */
  static Series series(List<JsonNode> lines, String name) {
    List<JsonNode> having = lines.stream().filter(line -> line.has(name)).toList();
    return new Series(
        having.stream().mapToDouble(line -> line.get(STEP).asDouble()).toArray(),
        having.stream().mapToDouble(line -> line.get(name).asDouble()).toArray());
  }

  /** The values of one step by name. */
  Map<String, Double> at(long step) {
    return values(lines().stream().filter(line -> line.get(STEP).asLong() == step).toList());
  }

  private static Map<String, Double> values(List<JsonNode> lines) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      line.properties().forEach(e -> values.put(e.getKey(), e.getValue().asDouble()));
    }
    values.remove(STEP);
    return values;
  }

  private static JsonNode parse(String line) {
    try {
      return LINES.readTree(line);
    } catch (JsonProcessingException e) {
      return LINES.createObjectNode();
    }
  }

  /** Forgets the lines after a step. */
  void forgetAfter(long step) {
    String kept = text(lines().stream().filter(line -> line.get(STEP).asLong() <= step).toList());
    AtomicFile.write(path, kept);
  }
}
