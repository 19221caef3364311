package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClusterServerTest {
  @AfterEach
  void hopeAgain() {
    ClusterServer.giveUp("");
  }

  @Test
  @Timeout(30)
  void aChiefDoesNotWaitForAWorkerThatNobodyStartsAnyMore() throws IOException {
    Cluster cluster = withoutWorker();
    ClusterServer.giveUp("worker 1 has ended 3 times");
    assertThatThrownBy(() -> ClusterServer.await(cluster))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("worker 1 has ended 3 times");
  }

  @Test
  @Timeout(30)
  void aChiefWhoseThreadIsInterruptedWaitsNoLonger() throws IOException {
    Cluster cluster = withoutWorker();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ClusterServer.await(cluster))
          .isInstanceOf(CancellationException.class)
          .hasMessageStartingWith("interrupted while it waits for ");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static Cluster withoutWorker() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return new Cluster(List.of("localhost:1", "localhost:" + free.getLocalPort()));
    }
  }
}
