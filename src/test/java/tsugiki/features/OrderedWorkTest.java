package tsugiki.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderedWorkTest {
  @Test
  @Timeout(30)
  void anInterruptedThreadTakesTheResultsAndStaysInterrupted() {
    CountDownLatch second = new CountDownLatch(1);
    try (OrderedWork<String> work = new OrderedWork<>("test", 2)) {
      work.give(
          () -> {
            second.await();
            return "first";
          });
      work.give(
          () -> {
            second.countDown();
            return "second";
          });
      Thread.currentThread().interrupt();
      assertThat(work.take()).isEqualTo("first");
      assertThat(work.take()).isEqualTo("second");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      work.give(
          () -> {
            throw new IllegalArgumentException("no image");
          });
      assertThatThrownBy(work::take)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no image");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
