package tsugiki.cluster;

import java.io.Serializable;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;

/**
 * The sessions of every executor: the same threads on whatever machine.
 *
 * @param device where networks run
 * @param threads within an operation and operations at a time
 */
public record BulkSession(Device device, int threads) implements Serializable {
  /**
   * The settings in this process; the first call in it, since a GPU's libraries must be loaded
   * before TensorFlow.
   *
   * @throws tsugiki.base.BadInputException if it must be a GPU and there is none
   */
  Sessions.Settings settings() {
    return new Sessions.Settings(threads, threads, Sessions.Settings.on(device).gpu());
  }
}
