package tsugiki.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.exceptions.TFFailedPreconditionException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import tsugiki.train.RunDirectory;

/** What a chief does when a step of its training fails. */
class LostWorkersTest {
  @TempDir private Path folder;
  private final AtomicInteger trials = new AtomicInteger();

  private LostWorkers chief(boolean isOne) {
    return new LostWorkers(
        () -> RunDirectory.create(folder.resolve("run"), Map.of("steps", 3)), () -> isOne);
  }

  /** Fails a number of times, and then says how often it was begun. */
  private int train(LostWorkers workers, int failures, TensorFlowException failure) {
    return workers.survive(
        begun -> {
          begun.get();
          if (trials.incrementAndGet() <= failures) {
            throw failure;
          }
          return trials.get();
        });
  }

  @Test
  void aTrainingThatLostItsWorkersGoesOn() {
    assertThat(train(chief(true), 2, new TFFailedPreconditionException("gone"))).isEqualTo(3);
  }

  @Test
  void workersThatAreLostAgainAndAgainEndIt() {
    TensorFlowException failure = new TFFailedPreconditionException("gone");
    assertThatThrownBy(() -> train(chief(true), 100, failure)).isSameAs(failure);
    assertThat(trials).hasValue(6);
  }

  @Test
  void memoryThatRanOutIsNoLostWorker() {
    TensorFlowException failure = new TFResourceExhaustedException("OOM");
    assertThatThrownBy(() -> train(chief(true), 1, failure)).isSameAs(failure);
    assertThat(trials).hasValue(1);
  }

  @Test
  void aTrainingWithoutAClusterHasNoWorkersToLose() {
    TensorFlowException failure = new TFFailedPreconditionException("gone");
    assertThatThrownBy(() -> train(chief(false), 1, failure)).isSameAs(failure);
    assertThat(trials).hasValue(1);
  }
}
