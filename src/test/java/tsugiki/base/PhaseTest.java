package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tsugiki.data.LoggedLines;

class PhaseTest {
  @Test
  void workThatLastsIsNamedAgainAndAgainUntilItEnds() throws InterruptedException {
    try (LoggedLines log = new LoggedLines(Phase.class)) {
      try (Phase phase = Phase.begin("building", 20, 20)) {
        while (log.lines().size() < 3) {
          Thread.sleep(5);
        }
      }
      Thread.sleep(60);
      int said = log.lines().size();
      Thread.sleep(100);
      assertThat(log.lines()).hasSize(said).allMatch(line -> line.startsWith("building"));
      assertThat(log.lines().get(0)).isEqualTo("building …");
    }
  }

  @Test
  void whereATestWantsItShortWorkIsNamedToo() {
    try (LoggedLines log = new LoggedLines(Phase.class);
        SystemProperty atOnce = new SystemProperty("tsugiki.phase", "0")) {
      Phase.begin("building").close();
      assertThat(log.lines()).containsExactly("building …");
    }
  }

  @Test
  void workThatIsShortSaysNothing() throws InterruptedException {
    try (LoggedLines log = new LoggedLines(Phase.class)) {
      try (Phase phase = Phase.begin("building")) {
        assertThat(phase).isNotNull();
      }
      assertThat(log.lines()).isEmpty();
    }
  }
}
