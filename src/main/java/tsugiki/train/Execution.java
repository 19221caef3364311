package tsugiki.train;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.runtime.Cluster;
import tsugiki.runtime.Device;
import tsugiki.runtime.Devices;
import tsugiki.runtime.Precision;
import tsugiki.runtime.Sessions;

/**
 * Where and how a run computes: all that its bits depend on beside its options and its data. A
 * resumed run takes it from {@code options.json}.
 *
 * @param device the device in use, never {@link Device#AUTO}
 * @param intraOp threads within an operation
 * @param interOp operations at a time
 * @param oneDnn the environment's {@value #ONE_DNN} when the run began, empty where it was not set
 * @param precision of the convolutions and products of what is trained, in scores always float32
 * @param replicas how many share each batch, every one on a GPU of its own or on a part of the CPU;
 *     0 in the options of versions that had none
 * @param cluster the processes that they are spread over; no part of {@code options.json}, since a
 *     run may go on elsewhere
 */
public record Execution(
    Device device,
    int intraOp,
    int interOp,
    String oneDnn,
    Precision precision,
    int replicas,
    @JsonIgnore Cluster cluster) {
  private static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";

  /**
   * Takes 0 replicas for one, no cluster for this process by itself, and no precision for float32.
   */
  public Execution {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(oneDnn, "oneDnn");
    precision = Objects.requireNonNullElse(precision, Precision.FLOAT32);
    replicas = Math.max(1, replicas);
    cluster = Objects.requireNonNullElse(cluster, Cluster.NONE);
  }

  /** In float32 with one replica. */
  public Execution(Device device, int intraOp, int interOp, String oneDnn) {
    this(device, intraOp, interOp, oneDnn, Precision.FLOAT32, 1, Cluster.NONE);
  }

  /** The same with one replica, in this process. */
  public Execution withoutReplicas() {
    return new Execution(device, intraOp, interOp, oneDnn, precision, 1, Cluster.NONE);
  }

  /**
   * The same on a cluster.
   *
   * @throws BadInputException if the replicas cannot be spread over it evenly
   */
  public Execution on(Cluster other) {
    Execution there = new Execution(device, intraOp, interOp, oneDnn, precision, replicas, other);
    there.refuseTooMany();
    return there;
  }

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

  /**
   * The same for a training that may have replicas.
   *
   * @param replicas how many; empty for one per GPU, and one per process on the CPU
   * @param cluster the processes that they are spread over
   * @throws BadInputException if there is no GPU and it must be one, or fewer devices than replicas
   */
  public static Execution here(Device wanted, OptionalInt replicas, Cluster cluster) {
    Execution one = here(wanted);
    int each = one.device == Device.GPU ? one.devices() : 1;
    int count = replicas.orElse(each * Math.max(1, cluster.tasks()));
    return new Execution(
            one.device,
            one.intraOp,
            one.interOp,
            one.oneDnn,
            Precision.FLOAT32,
            count,
            Cluster.NONE)
        .on(cluster);
  }

  /**
   * The same with another precision.
   *
   * @throws BadInputException if the device has no products in it
   */
  public Execution in(Precision other) {
    refuseMissing(other);
    return new Execution(device, intraOp, interOp, oneDnn, other, replicas, cluster);
  }

  private void refuseMissing(Precision other) {
    if (other == Precision.FLOAT32) {
      return;
    }
    if (device == Device.GPU) {
      throw new BadInputException(
          "⟨precision⟩ is %s, which is for processors, and ⟨device⟩ is gpu; leave one of them out"
              .formatted(other));
    }
    if (!other.available()) {
      throw new BadInputException(
          "⟨precision⟩ is %s, and this processor has no instructions for it (AMX), or ONEDNN_MAX_CPU_ISA forbids them; leave it out"
              .formatted(other));
    }
  }

  /** How many replicas this machine has devices for. */
  private int devices() {
    return device == Device.GPU
        ? Devices.gpus(Sessions.config(settings()))
        : Runtime.getRuntime().availableProcessors();
  }

  private void refuseTooMany() {
    int tasks = cluster.tasks();
    if (tasks > 0 && (replicas % tasks != 0 || device == Device.CPU && replicas != tasks)) {
      throw new BadInputException(
          "⟨replicas⟩ is %d, and ⟨cluster⟩ names %d processes; give %s"
              .formatted(replicas, tasks, device == Device.CPU ? tasks : "a multiple of " + tasks));
    }
    if (tasks > 0) {
      return;
    }
    int devices = replicas > 1 ? devices() : 1;
    if (replicas > devices) {
      throw new BadInputException(
          "⟨replicas⟩ is %d, and this machine has %s; give as many or fewer"
              .formatted(
                  replicas, Counted.of(devices, device == Device.GPU ? "GPU" : "processor")));
    }
  }

  /**
   * Refuses a batch that replicas cannot share evenly.
   *
   * @throws BadInputException if they do not divide it
   */
  public static void refuseUneven(int batch, int replicas) {
    if (batch % replicas != 0) {
      throw new BadInputException(
          "⟨batch⟩ %d cannot be shared evenly by ⟨replicas⟩ %d; give a multiple of %d"
              .formatted(batch, replicas, replicas));
    }
  }

  /** For a session that scores or draws, in float32. */
  public Sessions.Settings settings() {
    return new Sessions.Settings(intraOp, interOp, device == Device.GPU, replicas, cluster);
  }

  /** For the session of a training. */
  public Sessions.Settings training() {
    return settings().with(precision);
  }

  /** Device, threads, precision and the setting of oneDNN in words, for the log. */
  String describe() {
    boolean slow =
        device == Device.CPU && precision == Precision.FLOAT32 && Precision.BFLOAT16.available();
    return "%s on the device %s with %d threads in an operation and %d operations at a time in %s%s, %s=%s"
        .formatted(
            Counted.of(replicas, "replica"),
            device,
            intraOp,
            interOp,
            precision,
            slow ? " (bfloat16 takes about half the time on this processor)" : "",
            ONE_DNN,
            quoted(oneDnn));
  }

  /**
   * Checks that this process would compute the same bits.
   *
   * @throws BadInputException if the device is missing or oneDNN is set otherwise
   */
  public void refuseElsewhere() {
    if (!oneDnn.equals(environment())) {
      throw new BadInputException(
          "the run began with %s=%s and this process has %s; %s, since another setting gives other bits"
              .formatted(
                  ONE_DNN,
                  quoted(oneDnn),
                  quoted(environment()),
                  oneDnn.isEmpty()
                      ? "unset the variable, for the launcher by %s= tools/tsugiki"
                          .formatted(ONE_DNN)
                      : "set the variable as it was"));
    }
    available(device, settings());
    refuseMissing(precision);
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
