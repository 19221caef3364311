package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.base.ChildJvm;
import tsugiki.base.Environment;
import tsugiki.train.Interruption;
import tsugiki.train.RunDirectory;
import tsugiki.train.StoppedException;

class StudyTest {
  @TempDir private Path folder;
  private final List<String> done = new ArrayList<>();

  @Test
  void foldersKeepTheLettersOfTheirVariants() {
    assertThat(Trial.folderName("花/no-prior 8:2+a_b.c")).isEqualTo("花-no-prior-8-2+a_b.c");
  }

  private Study study(List<Trial> trials) {
    return new Study(folder, trials, file -> {});
  }

  @Test
  void afterEveryTrialTheLogIsTheStudysAgain() {
    List<Trial> trials = List.of(trial("a", 0), trial("b", 0));
    List<String> order = new ArrayList<>();
    new Study(folder, trials, file -> order.add(folder.relativize(file).toString()))
        .run(() -> order.add("report"));
    assertThat(order)
        .containsExactly("log.txt", "report", "log.txt", "report", "log.txt", "report");
  }

  @Test
  void finishedTrialsAreNotDoneAgainAndAnInterruptedOneIs() {
    List<Trial> trials = List.of(trial("a", 0), trial("b", 0), trial("a", 1));
    boolean[] power = {false};
    Trial cut =
        new Trial(
            "b",
            0,
            "b-0",
            Set.of(),
            figures -> {
              if (!power[0]) {
                throw new IllegalStateException("the power went off");
              }
              trial("b", 0).training().run(figures);
            });
    List<Trial> broken = List.of(trials.get(0), cut, trials.get(2));
    assertThatThrownBy(() -> study(broken).run(() -> {})).hasMessage("the power went off");
    assertThat(done).containsExactly("a-0");

    power[0] = true;
    Study study = study(broken);
    List<Integer> reported = new ArrayList<>();
    study.run(() -> reported.add(study.outcomes(broken).size()));
    assertThat(done).containsExactly("a-0", "b-0", "a-1");
    assertThat(reported).containsExactly(2, 3, 3);
    assertThat(study.outcomes(trials))
        .extracting(TrialOutcome::variant)
        .containsExactly("a", "b", "a");
    assertThat(study.outcomes(trials).get(2).figures()).containsEntry("fid", 2.0);
  }

  @Test
  void aRefusalIsAResultThatTheTrialsThatNeedItShare() throws IOException {
    Trial refused =
        new Trial(
            "network",
            0,
            "network-0",
            Set.of(),
            figures -> {
              figures.put("label_error", 0.5);
              done.add("network-0");
              throw new BadInputException("⟨batch⟩ is 5; give 4");
            });
    Trial dependent =
        new Trial("gan", 0, "gan-0", Set.of("network-0"), figures -> done.add("gan-0"));
    List<Trial> trials = List.of(refused, dependent, trial("other", 0));
    for (int i = 0; i < 2; i++) {
      study(trials).run(() -> {});
    }

    assertThat(done)
        .as("a failed trial is not tried again")
        .containsExactly("network-0", "other-0");
    List<TrialOutcome> outcomes = study(trials).outcomes(trials);
    assertThat(outcomes.get(0).failure()).contains("batch is 5; give 4");
    assertThat(outcomes.get(0).figures()).containsExactly(Map.entry("label_error", 0.5));
    assertThat(outcomes.get(0).asMap()).containsEntry("failure", "batch is 5; give 4");
    assertThat(outcomes.get(1).failure())
        .contains("it needs network-0, which failed: batch is 5; give 4");
    assertThat(outcomes.get(2).failed()).isFalse();

    Files.delete(folder.resolve("network-0/figures.json"));
    study(trials).run(() -> {});
    assertThat(done).as("until its figures are deleted").hasSize(3);
  }

  @Test
  void aTrialThatFindsTheDiskFullIsNoResult() {
    boolean[] room = {false};
    Trial full =
        new Trial(
            "a",
            0,
            "a-0",
            Set.of(),
            figures -> {
              if (!room[0]) {
                throw new BadInputException(
                    "⟨out⟩ a-0 cannot be written", new IOException("No space left on device"));
              }
              trial("a", 0).training().run(figures);
            });
    Study study = study(List.of(full));
    assertThatThrownBy(() -> study.run(() -> {})).hasMessageContaining("cannot be written");
    assertThat(study.outcomes(List.of(full))).isEmpty();

    room[0] = true;
    study.run(() -> {});
    assertThat(study.outcomes(List.of(full))).noneMatch(TrialOutcome::failed);
    assertThat(done).containsExactly("a-0");
  }

  /** A study whose first trial ends when Ctrl-C has reached the process. */
  static final class Stopped {
    private Stopped() {}

    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      List<Trial> trials = new ArrayList<>(CountedTrials.in(folder, 0));
      Trial first = trials.get(0);
      trials.set(
          0,
          new Trial(
              first.variant(),
              first.seed(),
              first.folder(),
              first.needs(),
              figures -> {
                first.training().run(figures);
                System.out.println("trained");
                while (!stops()) {
                  Thread.onSpinWait();
                }
              }));
      Interruption.finishStepsAtExit(System.out::println);
      Interruption.goesOnWith("a command");
      try {
        new Study(folder, trials, file -> {}).run(() -> {});
      } catch (StoppedException e) {
        System.out.println(e.getMessage());
      }
      Interruption.programEnds();
    }

    private static boolean stops() {
      try {
        Interruption.check("");
        return false;
      } catch (StoppedException e) {
        return true;
      }
    }
  }

  @Test
  void ctrlCBetweenTwoTrialsKeepsThoseThatAreFinished() throws Exception {
    Process process = ChildJvm.interruptible(ChildJvm.of(List.of(), Stopped.class, folder)).start();
    BufferedReader said = process.inputReader();
    assertThat(said.lines().anyMatch("trained"::equals)).isTrue();
    ChildJvm.signal(process, "INT");
    assertThat(said.lines())
        .contains("stopped between two trainings; those that are finished are kept")
        .noneMatch(line -> line.contains("a command"));
    assertThat(process.waitFor()).isEqualTo(128 + 2);
    assertThat(CountedTrials.lines(folder.resolve("ended.txt"))).containsExactly("counted-0");
    assertThat(folder.resolve("counted-0/figures.json")).isNotEmptyFile();
  }

  @Test
  void aDamagedResultIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("a-0"));
    Files.writeString(folder.resolve("a-0/figures.json"), "{\"fid\" : ");
    Study study = study(List.of(trial("a", 0)));
    assertThatThrownBy(() -> study.run(() -> {}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("figures.json holds no figures of a trial; delete it");
  }

  @Test
  void figuresOfEarlierStudiesAreReadWhateverTheNumber() throws IOException {
    Files.createDirectories(folder.resolve("a-0"));
    Files.writeString(
        folder.resolve("a-0/figures.json"),
        RunDirectory.json(Map.of("fid", Double.NaN, "kid", 0.25)));
    List<Trial> trials = List.of(trial("a", 0));
    TrialOutcome outcome = study(trials).outcomes(trials).get(0);
    assertThat(outcome.figures()).containsEntry("fid", Double.NaN).containsEntry("kid", 0.25);
    assertThat(outcome.failed()).isFalse();
  }

  @Test
  void aTrialBeforeWhatItNeedsIsRefused() {
    Trial dependent = new Trial("gan", 0, "gan-0", Set.of("a-0"), figures -> {});
    assertThatThrownBy(() -> study(List.of(dependent, trial("a", 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gan-0");
  }

  @Test
  void theReportHasTablesDifferencesAndFailures() throws IOException {
    Trial failing =
        new Trial(
            "b",
            1,
            "b-1",
            Set.of(),
            figures -> {
              throw new BadInputException("no luck");
            });
    List<Trial> trials = List.of(trial("a", 0), trial("a", 1), trial("b", 0), failing);
    RunDirectory run = RunDirectory.create(folder.resolve("a-0"), Map.of());
    run.addMetrics(1, Map.of("loss", 2.0));
    run.addMetrics(2, Map.of("loss", 1.0));
    Study study = study(trials);
    StudyReport report =
        new StudyReport(folder, new StudyReport.Texts("A study", "Two steps.", "fid: mine.", "{}"));
    Runnable write =
        () ->
            report.write(
                new StudyReport.Group(
                    "Variants", "variant", "study.csv", List.of("fid"), study.outcomes(trials)),
                List.of(),
                name -> name.equals("loss"));
    study.run(write);

    assertThat(folder.resolve("study.md"))
        .content()
        .startsWith("# A study\n\nTwo steps. Mean ± half the width of its 95 % interval")
        .contains(
            "| a | 1.50 ± 6.35 | 2 |",
            "| b | 1.00 (1 of 2) | 2 |\n\nfid: mine.\n\n## Differences\n")
        .contains("| b − a | 0.000 (1 of 2) |", "| b, seed 1 | no luck |");
    assertThat(folder.resolve("study.csv"))
        .hasContent("variant,seed,fid\na,0,1.0\na,1,2.0\nb,0,1.0\nb,1,\n");
    assertThat(folder.resolve("differences.csv")).content().contains("fid,b,a,1,0.0,,");
    assertThat(folder.resolve("loss.png")).exists();
    String written =
        "Written on %s by tsugiki .* and Java %s, on %s"
            .formatted(
                LocalDate.now(),
                Pattern.quote(Runtime.version().toString()),
                Pattern.quote(Environment.machine()));
    assertThat(folder.resolve("study.md")).content().containsPattern(written);
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("no luck", "A study")
        .containsPattern(written)
        .as("no trial has a page")
        .doesNotContain("<h2>The trials");

    Files.writeString(folder.resolve("a-0/report.html"), "a page");
    write.run();
    assertThat(folder.resolve("report.html"))
        .content()
        .containsSubsequence("<h2>The trials</h2>", "<a href=\"a-0/report.html\">a-0</a>");
  }

  private Trial trial(String variant, long seed) {
    String name = variant + "-" + seed;
    return new Trial(
        variant,
        seed,
        name,
        Set.of(),
        figures -> {
          done.add(name);
          figures.put("fid", 1.0 + seed);
        });
  }
}
