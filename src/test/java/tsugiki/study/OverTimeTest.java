package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverTimeTest {
  @TempDir private Path folder;

  @Test
  void aRowPerVariantAndAColumnPerStepThatWasScored() throws IOException {
    List<TrialOutcome> outcomes =
        List.of(
            trial("none", 0, "{\"step\":5,\"loss\":1}", line(10, 0.5), line(20, 0.25)),
            trial("none", 1, line(10, 0.75), line(20, 0.5)),
            trial("ada", 0, line(10, 0.5)),
            new TrialOutcome("ada", 1, folder.resolve("none"), Map.of(), Optional.of("refused")));
    assertThat(OverTime.groups(name -> name.equals("missing"), outcomes)).isEmpty();

    StudyReport.Group group = OverTime.groups(name -> name.startsWith("kid"), outcomes).get(0);
    assertThat(group.heading()).isEqualTo("kid_768 over time");
    assertThat(group.csv()).isEqualTo("kid_768-over-time.csv");
    assertThat(group.columns()).containsExactly("step 10", "step 20");
    StudyTable table = new StudyTable("variant", group.columns());
    group.outcomes().forEach(o -> table.add(o.variant(), o.seed(), o.figures()));
    assertThat(table.csv())
        .isEqualTo("variant,seed,step 10,step 20\nnone,0,0.5,0.25\nnone,1,0.75,0.5\nada,0,0.5,\n");
  }

  /** Of twenty scores eight are shown, the last of them too. */
  @Test
  void aLongTrainingHasEightColumns() throws IOException {
    String[] lines =
        IntStream.rangeClosed(1, 20).mapToObj(i -> line(i * 10, i)).toArray(String[]::new);
    List<TrialOutcome> outcomes = List.of(trial("none", 0, lines));
    assertThat(OverTime.groups(name -> name.startsWith("kid"), outcomes).get(0).columns())
        .containsExactly(
            "step 20",
            "step 50",
            "step 70",
            "step 100",
            "step 120",
            "step 150",
            "step 170",
            "step 200");
  }

  private static String line(int step, double kid) {
    return "{\"step\":%d,\"kid_768\":%s}".formatted(step, kid);
  }

  private TrialOutcome trial(String variant, long seed, String... lines) throws IOException {
    Path run = Files.createDirectory(folder.resolve(variant + "-" + seed));
    Files.writeString(run.resolve("options.json"), "{}");
    Files.write(run.resolve("metrics.jsonl"), List.of(lines));
    return new TrialOutcome(variant, seed, run, Map.of(), Optional.empty());
  }
}
