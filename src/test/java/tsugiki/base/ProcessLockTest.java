package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.IOUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
  @TempDir private Path folder;

  /** Prints whether a lock is free. */
  static final class Attempt {
    private Attempt() {}

    public static void main(String[] args) {
      System.out.println(ProcessLock.take(Path.of(args[0])).isPresent() ? "free" : "held");
    }
  }

  /** POSIX frees all locks of a process on a file when it closes any channel of that file. */
  @Test
  void anAttemptOfTheSameProcessDoesNotFreeIt() throws Exception {
    Path file = folder.resolve("new/lock");
    try (ProcessLock held = ProcessLock.take(file).orElseThrow()) {
      assertThat(ProcessLock.take(file)).isEmpty();
      assertThat(attempt(file)).endsWith("held");
    }
    assertThat(attempt(file)).endsWith("free");
    ProcessLock.take(file).orElseThrow().close();
  }

  @Test
  @Timeout(30)
  void anInterruptedThreadWaitsForItAndStaysInterrupted() throws Exception {
    Path file = folder.resolve("lock");
    ProcessLock other = ProcessLock.take(file).orElseThrow();
    Thread release =
        new Thread(
            () -> {
              ProcessLock.pause(300);
              other.close();
            });
    release.start();
    Thread.currentThread().interrupt();
    try (ProcessLock held = ProcessLock.await(file)) {
      assertThat(ProcessLock.take(file)).isEmpty();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    release.join();
  }

  private static String attempt(Path file) throws IOException, InterruptedException {
    Process process = ChildJvm.of(List.of(), Attempt.class, file).start();
    String printed = IOUtils.toString(process.getInputStream(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return printed;
  }

  @Test
  void anAttemptByALinkToItsFolderDoesNotFreeIt() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    try (ProcessLock held = ProcessLock.take(real.resolve("lock")).orElseThrow()) {
      assertThat(ProcessLock.take(link.resolve("lock"))).isEmpty();
      assertThat(attempt(real.resolve("lock"))).endsWith("held");
    }
    ProcessLock.take(link.resolve("lock")).orElseThrow().close();
  }
}
