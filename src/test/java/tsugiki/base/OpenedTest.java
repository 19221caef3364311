package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesTheLastFirstWhereTheMakingFails() {
    RuntimeException failed = new RuntimeException("no third");
    assertThatThrownBy(
            () -> {
              try (Opened opened = new Opened()) {
                opened.add(() -> closed.add("first"));
                opened.add(() -> closed.add("second"));
                throw failed;
              }
            })
        .isSameAs(failed);
    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void leavesWhatIsKept() {
    try (Opened opened = new Opened()) {
      opened.add(() -> closed.add("first"));
      opened.keep();
    }
    assertThat(closed).isEmpty();
  }

  @Test
  void closesTheRestWhereOneDoesNotClose() {
    RuntimeException failed = new RuntimeException("no third");
    IllegalStateException stuck = new IllegalStateException("stuck");
    assertThatThrownBy(
            () -> {
              try (Opened opened = new Opened()) {
                opened.add(() -> closed.add("first"));
                opened.add(
                    () -> {
                      throw stuck;
                    });
                throw failed;
              }
            })
        .isSameAs(failed);
    assertThat(failed.getSuppressed()[0].getSuppressed()).containsExactly(stuck);
    assertThat(closed).containsExactly("first");
  }
}
