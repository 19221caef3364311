package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.AtOnce;
import tsugiki.base.BadInputException;
import tsugiki.base.ChildJvm;
import tsugiki.runtime.Device;

class RunDirectoryTest {
  /** Options as a verb has them. */
  record Options(Path images, Device device, Float learningRate, List<String> classes) {}

  private static final Options OPTIONS =
      new Options(Path.of("/data/a b"), Device.CPU, 2e-4f, List.of("lion"));

  private static final String OTHER_VERB = "if it is not a run of another verb";

  @TempDir private Path folder;

  @Test
  void optionsComeBackAsTheyWere() {
    RunDirectory.create(folder.resolve("run"), OPTIONS);
    RunDirectory again = RunDirectory.resume(folder.resolve("run"));
    assertThat(again.options(Options.class)).isEqualTo(OPTIONS);
    assertThat(again.resumed()).isTrue();
  }

  /** What a process leaves that was killed as it made the run. */
  @Test
  void aRunThatWasHardlyBegunIsBegunAgain() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Path draft = Files.createFile(run.resolve(".options.json.tmp"));
    assertThat(RunDirectory.resumeOrCreate(run, OPTIONS).resumed()).isFalse();
    assertThat(draft).doesNotExist();
    assertThat(RunDirectory.resumeOrCreate(run, OPTIONS).resumed()).isTrue();
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
    refused(
        () -> RunDirectory.resume(run).options(Options.class), "options.json", "sort", OTHER_VERB);
    Files.writeString(run.resolve("options.json"), "{\"device\": \"consingan\"}");
    refused(
        () -> RunDirectory.resume(run).options(Options.class),
        "the value of device is no word out of",
        OTHER_VERB);
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
    assertThat(RunNumbers.next(runs, "train")).isEqualTo(runs.resolve("00001-train"));
    Files.createDirectories(runs.resolve("00007-graft"));
    Files.createDirectories(runs.resolve("mine"));
    assertThat(RunNumbers.next(runs, "train")).isEqualTo(runs.resolve("00008-train"));
  }

  @Test
  void runsThatBeginTogetherTakeNumbersOfTheirOwn() throws Exception {
    Path runs = folder.resolve("runs");
    int count = 8;
    List<Future<String>> begun =
        AtOnce.run(
            count,
            i ->
                () -> {
                  String verb = i % 2 == 0 ? "graft" : "train";
                  String made =
                      RunDirectory.createNext(runs, verb, OPTIONS).path().getFileName().toString();
                  assertThat(made.substring(6)).isEqualTo(verb);
                  return made.substring(0, 5);
                });
    List<String> numbers = new ArrayList<>();
    for (Future<String> number : begun) {
      numbers.add(number.get());
    }
    assertThat(numbers).doesNotHaveDuplicates().contains("00001", "00008");
  }

  @Test
  void ofRunsThatBeginTogetherInOneFolderOneIsMade() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path run = folder.resolve("run-" + round);
      List<Future<RunDirectory>> begun =
          AtOnce.run(4, i -> () -> RunDirectory.create(run, Map.of("who", i)));
      List<Integer> winners = new ArrayList<>();
      for (int i = 0; i < begun.size(); i++) {
        try {
          begun.get(i).get();
          winners.add(i);
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(BadInputException.class)
              .hasMessageContaining(run + " is not empty");
        }
      }
      assertThat(winners).hasSize(1);
      assertThat(RunDirectory.resume(run).options(Map.class)).containsEntry("who", winners.get(0));
    }
  }

  /** Writes options of 100 kB where a file may have a few blocks: as on a full disk. */
  static final class FullDisk {
    private FullDisk() {}

    public static void main(String[] args) {
      RunDirectory.create(Path.of(args[0]), Map.of("classes", "x".repeat(100_000)));
    }
  }

  @Test
  void optionsAreWrittenWholeOrNotAtAll() throws Exception {
    Path run = folder.resolve("full");
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 16; \"$@\"", "limited"));
    command.addAll(ChildJvm.of(List.of("-XX:-UsePerfData"), FullDisk.class, run).command());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(out).contains("UncheckedIOException: " + run + " cannot be written");
    assertThat(run).doesNotExist();
  }

  /** A part with defaults, unwrapped as the intervals are in every training's options. */
  record Watch(double truncation, @JsonUnwrapped Intervals intervals) {
    public static Watch defaults() {
      return new Watch(0.4, Intervals.defaults());
    }
  }

  record Watched(String name, Watch watch) {}

  @Test
  void theIntervalsLieFlatAndWhatAnOldRunLacksHasItsDefault() throws IOException {
    Path run = folder.resolve("run");
    Watched options = new Watched("a", new Watch(0.7, new Intervals(1, 2, 3)));
    RunDirectory.create(run, options);
    assertThat(run.resolve("options.json")).content().contains("\"sample_every\" : 2");
    assertThat(RunDirectory.resume(run).options(Watched.class)).isEqualTo(options);

    Files.writeString(
        run.resolve("options.json"), "{\"name\": \"b\", \"watch\": {\"measure_every\": 7}}");
    assertThat(RunDirectory.resume(run).options(Watched.class))
        .isEqualTo(new Watched("b", new Watch(0.4, Intervals.defaults().withMeasureEvery(7))));
    Files.writeString(
        run.resolve("options.json"), "{\"name\": \"b\", \"watch\": {\"measure\": 7}}");
    refused(
        () -> RunDirectory.resume(run).options(Watched.class),
        "options.json",
        "measure",
        OTHER_VERB);
  }

  /** Numbers and words as options have them. */
  record Numbers(int batch, Device device, boolean mirror, double rate, String data) {
    public static Numbers defaults() {
      return new Numbers(32, Device.CPU, true, 0.5, "x");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"batch\": 4.7} | the value of batch is no whole number",
        "{\"batch\": \"4\"} | the value of batch is no whole number",
        "{\"batch\": null} | the value of batch is null",
        "{\"device\": null} | the value of device is null",
        "{\"device\": \"tpu\"} | the value of device is no word out of",
        "{\"mirror\": 1} | the value of mirror is no true or false",
        "{\"rate\": \"fast\"} | the value of rate is no number",
        "{\"data\": {}} | the value of data is no text",
        "{\"batsch\": 4} | there is no option named batsch",
        "null | it holds null where the options of a run belong",
        "[1] | it holds [1] where",
        "~~ | it holds nothing where",
        "{} {} | it does not end where its options do",
        "{\"batch\": 4000000000} | the value of batch is out of range",
      })
  void anOptionMeansWhatItSaysOrNothing(String json, String sentence) throws IOException {
    Path run = folder.resolve("run");
    RunDirectory.create(run, Numbers.defaults());
    Files.writeString(run.resolve("options.json"), json);
    refused(
        () -> RunDirectory.resume(run).options(Numbers.class),
        "options.json",
        sentence,
        "begin a new run");
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
