package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.runtime.Device;

class RunDirectoryTest {
  /** Options as a verb has them. */
  record Options(Path images, Device device, Float learningRate, List<String> classes) {}

  private static final Options OPTIONS =
      new Options(Path.of("/data/a b"), Device.CPU, 2e-4f, List.of("lion"));

  @TempDir private Path folder;

  @Test
  void optionsComeBackAsTheyWere() {
    RunDirectory.create(folder.resolve("run"), OPTIONS);
    RunDirectory again = RunDirectory.resume(folder.resolve("run"));
    assertThat(again.options(Options.class)).isEqualTo(OPTIONS);
    assertThat(again.resumed()).isTrue();
  }

  @Test
  void optionsAreWrittenForReaders() {
    assertThat(RunDirectory.json(OPTIONS))
        .contains("\"images\" : \"/data/a b\"", "\"device\" : \"cpu\"", "\"learning_rate\" : ");
  }

  @Test
  void otherOptionsAreOneSentence() throws IOException {
    Path run = folder.resolve("run");
    RunDirectory.create(run, Map.of("sort", "other"));
    refused(() -> RunDirectory.resume(run).options(Options.class), "options.json", "sort");
    Files.writeString(run.resolve("options.json"), "{\"images\": ");
    refused(() -> RunDirectory.resume(run).options(Options.class), "options.json");
  }

  @Test
  void aFolderInUseIsRefused() throws IOException {
    Path used = Files.createDirectory(folder.resolve("used"));
    Files.createFile(used.resolve("photograph.png"));
    refused(() -> RunDirectory.create(used, OPTIONS), "out " + used, "not empty");
    Path file = used.resolve("photograph.png");
    refused(() -> RunDirectory.create(file, OPTIONS), "out " + file, "is a file");
    assertThat(used).isDirectoryNotContaining("glob:**options.json");
  }

  @Test
  void whatIsNoRunIsNotResumed() {
    refused(() -> RunDirectory.resume(folder.resolve("none")), "resume", "options.json");
  }

  @Test
  void newRunsAreNumberedAfterAllThatAreThere() throws IOException {
    Path runs = folder.resolve("runs");
    assertThat(RunDirectory.next(runs, "train")).isEqualTo(runs.resolve("00001-train"));
    Files.createDirectories(runs.resolve("00007-graft"));
    Files.createDirectories(runs.resolve("mine"));
    assertThat(RunDirectory.next(runs, "train")).isEqualTo(runs.resolve("00008-train"));
  }

  @Test
  void aLineThatAKillCutShortIsForgotten() throws IOException {
    RunDirectory run = RunDirectory.create(folder.resolve("run"), OPTIONS);
    run.addMetrics(1, Map.of("loss", 0.5));
    run.addMetrics(2, Map.of("loss", 0.25));
    Path metrics = run.resolve("metrics.jsonl");
    Files.writeString(metrics, "{\"step\":3,\"lo", StandardOpenOption.APPEND);
    assertThat(run.metrics()).hasSize(2);
    run.forgetAfter(1);
    assertThat(metrics).hasContent("{\"step\":1,\"loss\":0.5}");
  }

  private static void refused(Runnable action, String... named) {
    assertThatThrownBy(action::run)
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(named)
        .message()
        .doesNotContain("\n");
  }
}
