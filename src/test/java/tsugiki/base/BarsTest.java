package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarsTest {
  private static final String WORDS = "step 3 of 12000, 1 h 44 min left, 14.7 images/s, loss 19.51";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "79 | step 3 of 12000, 1 h 44 min left, 14.7 images/s, loss 19.51",
        "72 | step 3 of 12000, 1 h 44 min left, 14.7 images/s, loss 19.51",
        "71 | step 3 of 12000, 1 h 44 min left, 14.7 images/s",
        "50 | step 3 of 12000, 1 h 44 min left",
        "30 | step 3 of 12000",
      })
  void whatDoesNotFitIsLeftOutWhole(int width, String words) {
    assertThat(Bars.line(0.25, WORDS, width))
        .hasSize(width)
        .startsWith("[==")
        .endsWith("  ] " + words);
  }

  @Test
  void theLauncherSaysWhetherThereIsATerminal() {
    for (boolean terminal : new boolean[] {true, false}) {
      try (var set = new SystemProperty("tsugiki.terminal", Boolean.toString(terminal))) {
        assertThat(Bars.wanted()).isEqualTo(terminal);
      }
    }
  }

  /** A library draws on nobody's terminal. */
  @Test
  void withoutTheLauncherAProgramAsksForThem() {
    try (var set = new SystemProperty("tsugiki.terminal", "true")) {
      Bars.allow();
      assertThat(Bars.wanted()).isTrue();
      System.clearProperty("tsugiki.terminal");
      assertThat(Bars.wanted()).isFalse();
      Bars.allow();
      assertThat(System.getProperty("tsugiki.terminal"))
          .isEqualTo(Boolean.toString(System.console() != null));
    }
  }

  @Test
  void thePlaceStaysWhereThereIsRoomForNothing() {
    assertThat(Bars.line(0.25, WORDS, 10)).isEqualTo("[] step 3 of 12000");
  }

  @Test
  void aBarIsFullAtItsEndAndNeverMore() {
    assertThat(Bars.line(0, "x", 10)).isEqualTo("[      ] x");
    assertThat(Bars.line(1, "x", 24)).isEqualTo("[====================] x");
    assertThat(Bars.line(1.5, "x", 24)).isEqualTo(Bars.line(1, "x", 24));
  }

  /** Of the process's own descriptor the launcher holds back what has no end of line. */
  @Test
  void theyGoWhereThisProgramsErrorsGo() {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true));
    try (ProgressBar bar = Bars.builder().setTaskName("reading").setInitialMax(2).build()) {
      bar.stepTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("\rreading 100% [", "] 2/2 (");
  }
}
