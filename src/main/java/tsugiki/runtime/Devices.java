package tsugiki.runtime;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CloseSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListMemoryBytes;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;
import tsugiki.base.BadInputException;

/** The devices that TensorFlow sees, and the choice among them. */
public final class Devices {
  /**
   * One device.
   *
   * @param name its full name, {@code /job:localhost/replica:0/task:0/device:GPU:0}
   * @param type {@code CPU}, {@code GPU}, …
   * @param memoryBytes the memory that TensorFlow counts on, in bytes; of a CPU the machine's
   */
  public record Found(String name, String type, long memoryBytes) {}

  /**
   * TensorFlow's devices, and the reasons why there is no GPU among them.
   *
   * @param tensorflow the version of TensorFlow's library
   * @param devices what it sees
   * @param missing why there is no GPU among them, one sentence each; empty where there is one
   * @param tf32 whether matrix products and convolutions in float32 may be rounded to TF32, which
   *     keeps 10 bits of a number's fraction: TensorFlow's default on a GPU (NVIDIA's Ampere and
   *     later), unless {@code NVIDIA_TF32_OVERRIDE} is 0
   */
  public record Report(String tensorflow, List<Found> devices, List<String> missing, boolean tf32) {
    /**
     * Whether a GPU can be used.
     *
     * @return true if one of the devices is a GPU
     */
    public boolean hasGpu() {
      return devices.stream().anyMatch(device -> device.type().equals("GPU"));
    }
  }

  /** NVIDIA's libraries read it: 0 forbids TF32, 1 forces it. */
  private static final String TF32 = "NVIDIA_TF32_OVERRIDE";

  private Devices() {}

  /**
   * Chooses a device that is there. {@link Device#CPU} does not load TensorFlow; {@link
   * Device#AUTO} falls back to the CPU and logs the reason in one line.
   *
   * @param wanted the user's choice
   * @param config the configuration of the sessions to come, see {@link #report}
   * @return {@link Device#CPU} or {@link Device#GPU}
   * @throws BadInputException if it is {@link Device#GPU} and no GPU can be used
   */
  public static Device choose(Device wanted, ConfigProto config) {
    if (wanted == Device.CPU) {
      return Device.CPU;
    }
    List<String> missing = CudaLibraries.missing();
    if (missing.isEmpty()) {
      missing = report(config).missing();
    }
    if (missing.isEmpty()) {
      return Device.GPU;
    }
    if (wanted == Device.GPU) {
      throw new BadInputException(
          "⟨device⟩ gpu cannot be used: " + String.join("; ", missing) + ".");
    }
    logger().info("Running on the CPU: {}.", missing.get(0));
    return Device.CPU;
  }

  /** How many GPUs TensorFlow sees; see {@link #report}. */
  public static int gpus(ConfigProto config) {
    return (int)
        report(config).devices().stream().filter(device -> device.type().equals("GPU")).count();
  }

  /**
   * Loads CUDA where it is bundled, then TensorFlow, and asks it for its devices.
   *
   * <p>The first session of a process decides over its thread pools and over how a GPU's memory is
   * taken, and this opens one: give it the configuration that the later sessions have.
   *
   * @param config the configuration of the sessions to come
   * @return what TensorFlow sees, and what keeps it from seeing a GPU
   */
  public static Report report(ConfigProto config) {
    Optional<String> notLoaded = CudaLibraries.load();
    List<Found> devices = list(config);
    List<String> missing = new ArrayList<>();
    if (devices.stream().noneMatch(device -> device.type().equals("GPU"))) {
      missing.addAll(CudaLibraries.missing());
      if (missing.isEmpty()) {
        notLoaded.ifPresent(missing::add);
        missing.add("TensorFlow could not open the GPU; TF_CPP_MIN_LOG_LEVEL=0 makes it say why");
      }
    }
    boolean gpu = devices.stream().anyMatch(device -> device.type().equals("GPU"));
    boolean tf32 = gpu && !"0".equals(System.getenv(TF32));
    return new Report(TensorFlow.version(), devices, List.copyOf(missing), tf32);
  }

  /**
   * The Java API has no such list; the C API beneath it has. The scope frees what is made in it.
   */
  @SuppressWarnings("try")
  private static List<Found> list(ConfigProto config) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Session session = NativeSessions.open(TF_Graph.newGraph(), config, "");
      TF_DeviceList list = TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      try {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < TF_DeviceListCount(list); i++) {
          String type = TF_DeviceListType(list, i, status).getString();
          // TensorFlow's own figure for a CPU is a fixed 256 MiB.
          long memory =
              type.equals("CPU")
                  ? GraphMemory.machine()
                  : TF_DeviceListMemoryBytes(list, i, status);
          found.add(new Found(TF_DeviceListName(list, i, status).getString(), type, memory));
          status.throwExceptionIfNotOK();
        }
        return List.copyOf(found);
      } finally {
        TF_DeleteDeviceList(list);
        TF_CloseSession(session, status);
      }
    }
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(Devices.class);
  }
}
