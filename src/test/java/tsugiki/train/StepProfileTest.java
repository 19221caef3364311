package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.SameBits;
import tsugiki.train.TrainingLoop.Plan;

class StepProfileTest {
  @TempDir private Path folder;

  @Test
  void aStepIsATraceThatChromeOpensAndTrainsTheSame() throws IOException {
    Map<String, float[]> plain = trained(RunDirectory.create(folder.resolve("a"), Map.of()));
    RunDirectory profiled = RunDirectory.create(folder.resolve("b"), Map.of()).profiling(2);
    assertThat(trained(profiled)).usingRecursiveComparison(SameBits.comparison()).isEqualTo(plain);

    JsonNode trace = new ObjectMapper().readTree(folder.resolve("b/profile-2.json").toFile());
    List<JsonNode> operations = new ArrayList<>();
    List<String> devices = new ArrayList<>();
    for (JsonNode event : trace.get("traceEvents")) {
      if (event.get("ph").asText().equals("X")) {
        operations.add(event);
      } else {
        assertThat(event.get("ph").asText()).isEqualTo("M");
        devices.add(event.at("/args/name").asText());
      }
    }
    assertThat(devices).anyMatch(name -> name.toLowerCase().contains("cpu"));
    assertThat(operations)
        .allSatisfy(
            event -> {
              assertThat(event.get("ts").asLong()).isNotNegative();
              assertThat(event.get("dur").asLong()).isPositive();
              assertThat(event.get("pid").isInt()).isTrue();
              assertThat(event.get("tid").isIntegralNumber()).isTrue();
            });
    Map<Integer, Long> ends = new HashMap<>();
    for (JsonNode event : operations) {
      long begin = event.get("ts").asLong();
      assertThat(begin).isGreaterThanOrEqualTo(ends.getOrDefault(event.get("tid").asInt(), 0L));
      ends.put(event.get("tid").asInt(), begin + event.get("dur").asLong());
    }
    // Three layers and their gradients.
    assertThat(operations)
        .filteredOn(event -> event.get("name").asText().contains("MatMul"))
        .hasSizeGreaterThanOrEqualTo(6);
    assertThat(folder.resolve("a").toFile().list()).noneMatch(name -> name.startsWith("profile"));
  }

  private static Map<String, float[]> trained(RunDirectory run) {
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      new TrainingLoop(new Plan(3, 1, 3, 100), run, trainee).run(0);
      return trainee.values();
    }
  }
}
