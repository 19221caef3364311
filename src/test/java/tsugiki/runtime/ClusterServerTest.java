package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
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
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Cluster cluster = new Cluster(List.of("localhost:1", "localhost:" + port));
    ClusterServer.giveUp("worker 1 has ended 3 times");
    assertThatThrownBy(() -> ClusterServer.await(cluster))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("worker 1 has ended 3 times");
  }
}
