package tsugiki.train;

import java.util.Objects;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.runtime.Device;
import tsugiki.runtime.Devices;
import tsugiki.runtime.Sessions;

/**
 * Where and how a run computes: all that its bits depend on beside its options and its data. A
 * resumed run takes it from {@code options.json}.
 *
 * @param device the device in use, never {@link Device#AUTO}
 * @param intraOp threads within an operation
 * @param interOp operations at a time
 * @param oneDnn the environment's {@value #ONE_DNN} when the run began, empty where it was not set
 */
public record Execution(Device device, int intraOp, int interOp, String oneDnn) {
  private static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";

  /**
   * This process on this machine, with all processors.
   *
   * @param wanted the device that the user chose
   * @throws BadInputException if that is a GPU and there is none
   */
  public static Execution here(Device wanted) {
    Sessions.Settings all = Sessions.Settings.cpu();
    return new Execution(available(wanted, all), all.intraOp(), all.interOp(), environment());
  }

  /** For a session. */
  public Sessions.Settings settings() {
    return new Sessions.Settings(intraOp, interOp, device == Device.GPU);
  }

  /** Device, threads and the setting of oneDNN in words, for the log. */
  String describe() {
    return "on the device %s with %d threads in an operation and %d operations at a time, %s=%s"
        .formatted(device, intraOp, interOp, ONE_DNN, quoted(oneDnn));
  }

  /**
   * Checks that this process would compute the same bits.
   *
   * @throws BadInputException if the device is missing or oneDNN is set otherwise
   */
  public void refuseElsewhere() {
    if (!oneDnn.equals(environment())) {
      throw new BadInputException(
          "the run began with %s=%s and this process has %s; set the variable as it was, since another setting gives other bits"
              .formatted(ONE_DNN, quoted(oneDnn), quoted(environment())));
    }
    available(device, settings());
  }

  private static Device available(Device wanted, Sessions.Settings settings) {
    boolean gpu = wanted != Device.CPU;
    return Devices.choose(
        wanted,
        Sessions.config(new Sessions.Settings(settings.intraOp(), settings.interOp(), gpu)));
  }

  private static String environment() {
    return Optional.ofNullable(System.getenv(ONE_DNN)).orElse("");
  }

  private static String quoted(String value) {
    return Objects.equals(value, "") ? "(not set)" : value;
  }
}
