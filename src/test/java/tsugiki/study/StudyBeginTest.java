package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.train.RunDirectory;
import tsugiki.train.RunInputs;

/** Of the processes that go on with a study, one has its options changed. */
class StudyBeginTest {
  record Options(int repeats) {}

  @TempDir private Path folder;
  private RunDirectory slow;
  private Options read;

  @BeforeEach
  void readOptionsAndChangeThemElsewhere() {
    RunDirectory.create(folder, new Options(3));
    slow = RunDirectory.resume(folder);
    read = slow.options(Options.class);
    // While the slow process computes features.
    begin(RunDirectory.resume(folder), new Options(6));
  }

  private static void begin(RunDirectory directory, Options options) {
    Study.begin(() -> directory, options, new RunInputs(), file -> {});
  }

  private Options kept() {
    return RunDirectory.resume(folder).options(Options.class);
  }

  @Test
  void whatAnotherProcessHasChangedStays() {
    begin(slow, read);
    assertThat(kept()).isEqualTo(new Options(6));
  }

  @Test
  void whatThisOneChangesIsKept() {
    begin(slow, new Options(4));
    assertThat(kept()).isEqualTo(new Options(4));
  }
}
