package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;

/** What a run's log makes of messages that name arguments. */
class FlagSpellingTest {
  @Test
  void aLogNamesFlags(@TempDir Path folder) {
    Path log = folder.resolve("log.txt");
    BadInputException refused = new BadInputException("⟨scoreNetwork⟩ is 'x'; leave ⟨it⟩ out");
    try (LogFile file = LogFile.open(log, List.of("head"))) {
      LoggerFactory.getLogger("tsugiki.cli").warn("{}; going on", refused.marked());
    }
    assertThat(log)
        .content()
        .contains("head\n", "--score-network is 'x'; leave --it out; going on\n");
  }
}
