package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.data.LoggedLines;

/** The lines of the log that say how far a download is. */
class ProgressTest {
  private static final long MIB = 1 << 20;

  @Test
  void aDownloadOfUnknownLengthHasNoEnd() {
    assertThat(line(12 * MIB, -1)).containsExactly("flowers, MiB: 12");
    assertThat(line(12 * MIB, 40 * MIB)).containsExactly("flowers, MiB: 12 of 40");
  }

  private static List<String> line(long arrived, long total) {
    try (LoggedLines log = new LoggedLines(Progress.class);
        Progress progress = new Progress("flowers")) {
      progress.progress(arrived, total);
      return log.lines();
    }
  }
}
