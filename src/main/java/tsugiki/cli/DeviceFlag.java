package tsugiki.cli;

import picocli.CommandLine.Option;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;

/** The flag {@code --device} of verbs that run a network and train none; a picocli mixin. */
final class DeviceFlag {
  /** Its name. */
  static final String NAME = "--device";

  @Option(
      names = NAME,
      paramLabel = "D",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Device device = Device.AUTO;

  /** The device. */
  Device device() {
    return device;
  }

  /**
   * The settings of sessions on the device; the first to be called, since a GPU's libraries must be
   * loaded before TensorFlow.
   *
   * @throws tsugiki.base.BadInputException if it must be a GPU and there is none
   */
  Sessions.Settings settings() {
    return Sessions.Settings.on(device);
  }
}
