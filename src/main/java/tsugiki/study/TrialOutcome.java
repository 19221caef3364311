package tsugiki.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.train.RunDirectory;

/**
 * The result of a trial. The file {@code figures.json} in its folder keeps it: the figures by name,
 * and {@code failure} for a trial that failed.
 *
 * @param variant what was tried
 * @param seed of the training
 * @param folder of the trial
 * @param figures by name
 * @param failure why the trial failed
 */
public record TrialOutcome(
    String variant, long seed, Path folder, Map<String, Double> figures, Optional<String> failure) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String FILE = "figures.json";
  private static final String FAILURE = "failure";

  /** Whether the trial failed. */
  public boolean failed() {
    return failure.isPresent();
  }

  /** The run in the trial's folder; a trial that was refused has none. */
  Optional<RunDirectory> run() {
    return RunDirectory.isRun(folder) ? Optional.of(RunDirectory.resume(folder)) : Optional.empty();
  }

  /** Variant, seed, figures and failure in one map, for a JSON object. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", variant);
    map.put("seed", seed);
    map.putAll(figures);
    failure.ifPresent(reason -> map.put(FAILURE, reason));
    return map;
  }

  /** Keeps the result; the trial is finished from then on. */
  void write() {
    Map<String, Object> content = new LinkedHashMap<>(figures);
    failure.ifPresent(reason -> content.put(FAILURE, reason));
    AtomicFile.write(folder.resolve(FILE), out -> out.write(JSON.writeValueAsBytes(content)));
  }

  /**
   * The result of a trial.
   *
   * @param study the study's folder
   * @return empty for a trial that is not finished
   * @throws BadInputException if the file is damaged
   */
  static Optional<TrialOutcome> read(Path study, Trial trial) {
    Path folder = study.resolve(trial.folder());
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode content = json(file);
    Map<String, Double> figures = new LinkedHashMap<>();
    content
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals(FAILURE)) {
                // NaN and infinities are strings in JSON, which this takes too.
                figures.put(entry.getKey(), entry.getValue().asDouble());
              }
            });
    Optional<String> failure = Optional.ofNullable(content.get(FAILURE)).map(JsonNode::asText);
    return Optional.of(new TrialOutcome(trial.variant(), trial.seed(), folder, figures, failure));
  }

  private static JsonNode json(Path file) {
    try {
      JsonNode content = JSON.readTree(file.toFile());
      if (content.isObject()) {
        return content;
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw damaged(file, null);
  }

  private static BadInputException damaged(Path file, Exception cause) {
    return new BadInputException(
        file + " holds no figures of a trial; delete it, and the trial is done again", cause);
  }
}
