package tsugiki.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalWorkersTest {
  /** A worker that can never start. */
  static final class Broken {
    private Broken() {}

    public static void main(String[] words) {
      System.err.printf("a note%n1%n2%nno library for task %s%n%n", words[0]);
      System.exit(3);
    }
  }

  @Test
  void oneThatEndsAsSoonAsItStartsIsGivenUpAndSaysWhy() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    CompletableFuture<String> sentence = new CompletableFuture<>();
    try (LocalWorkers workers =
        LocalWorkers.start(
            Broken.class,
            1,
            (task, addresses) -> {
              starts.incrementAndGet();
              return List.of(Integer.toString(task));
            },
            sentence::complete)) {
      assertThat(workers.addresses().split(",")).hasSize(2);
      assertThat(sentence.get(60, TimeUnit.SECONDS))
          .isEqualTo(
              "worker 1 has ended 3 times within 10 s of its start, the last time with exit code 3:"
                  + " 1 | 2 | no library for task 1");
      assertThat(starts).hasValue(3);
    }
  }

  @Test
  void portsAndDescriptorsOfThisProcessAreNotThoseOfItsWorkers() {
    assertThat(
            LocalWorkers.shared(
                List.of(
                    "-Xmx1g",
                    "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                    "-Xrunjdwp:transport=dt_socket,server=y,address=5005",
                    "-Dcom.sun.management.jmxremote",
                    "-Dcom.sun.management.jmxremote.port=7091",
                    "-Dtsugiki.err=3",
                    "-Dtsugiki.home=/opt")))
        .containsExactly("-Xmx1g", "-Dtsugiki.home=/opt");
  }
}
