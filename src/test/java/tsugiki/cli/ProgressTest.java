package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.base.SystemProperty;
import tsugiki.data.LoggedLines;

/** The lines of the log that say how far a download is. */
class ProgressTest {
  private static final long MIB = 1 << 20;

  @Test
  void aDownloadOfUnknownLengthHasNoEnd() {
    assertThat(line(12 * MIB, -1)).containsExactly("flowers, MiB: 12");
    assertThat(line(12 * MIB, 40 * MIB)).containsExactly("flowers, MiB: 12 of 40");
  }

  @Test
  void threadsThatShareOneLoseNoStep() throws InterruptedException {
    int steps = 400_000;
    // Its first line comes when all steps are done.
    try (SystemProperty first = new SystemProperty("tsugiki.phase", "2000");
        LoggedLines log = new LoggedLines(Progress.class);
        Progress progress = Progress.of("images", steps)) {
      List<Thread> threads =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      new Thread(
                          () -> IntStream.range(0, steps / 4).forEach(n -> progress.step(1))))
              .toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      while (log.lines().isEmpty()) {
        Thread.sleep(20);
        progress.step(0);
      }
      assertThat(log.lines()).containsExactly("images: 400000 of 400000");
    }
  }

  private static List<String> line(long arrived, long total) {
    try (LoggedLines log = new LoggedLines(Progress.class);
        Progress progress = new Progress("flowers")) {
      progress.progress(arrived, total);
      return log.lines();
    }
  }
}
