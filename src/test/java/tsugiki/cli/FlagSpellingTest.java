package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.data.LoggedLines;

/** What a run's log makes of messages that name arguments. */
class FlagSpellingTest {
  /** Of anything amiss in its configuration, Logback would tell the user on the terminal. */
  @Test
  void theLogIsSetUpInSilence(@TempDir Path folder) {
    try (LogFile file = LogFile.open(folder.resolve("log.txt"), List.of())) {
      LoggerFactory.getLogger("tsugiki.cli").info("a line while there is a file");
    }
    assertThat(((LoggerContext) LoggerFactory.getILoggerFactory()).getStatusManager())
        .satisfies(
            manager ->
                assertThat(manager.getCopyOfStatusList())
                    .isNotEmpty()
                    .noneMatch(status -> status.getLevel() > Status.INFO));
  }

  @Test
  void aLogNamesFlags(@TempDir Path folder) {
    Path log = folder.resolve("log.txt");
    BadInputException refused = new BadInputException("⟨scoreNetwork⟩ is 'x'; leave ⟨it⟩ out");
    try (LogFile file = LogFile.open(log, List.of("head"));
        LoggedLines lines = new LoggedLines("tsugiki.cli")) {
      LoggerFactory.getLogger("tsugiki.cli").warn("{}; going on", refused.marked());
      // As in the log of a Java program.
      assertThat(lines.lines()).containsExactly("scoreNetwork is 'x'; leave it out; going on");
    }
    assertThat(log)
        .content()
        .contains("head\n", "--score-network is 'x'; leave --it out; going on\n");
  }
}
