package tsugiki.train;

import tsugiki.base.InUseException;
import tsugiki.base.ProcessLock;

/** The lock of a run directory: one process trains there at a time. */
final class RunLock implements AutoCloseable {
  private final ProcessLock lock;

  private RunLock(ProcessLock lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock.
   *
   * @throws InUseException if another training has it
   */
  static RunLock of(RunDirectory run) {
    return ProcessLock.take(run.resolve(".lock"))
        .map(RunLock::new)
        .orElseThrow(
            () ->
                new InUseException(
                    "⟨resume⟩ %s is in use by another training; wait for its end or stop it"
                        .formatted(run.path())));
  }

  @Override
  public void close() {
    lock.close();
  }
}
