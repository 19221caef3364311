package tsugiki.runtime;

import com.google.common.math.LongMath;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.Locale;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import tsugiki.base.BadInputException;
import tsugiki.graph.VariableOps;

/**
 * The memory that a graph needs, estimated from the shapes of its tensors as far as these are known
 * before it runs: a batch of unknown size counts as one image. It is known before TensorFlow
 * reserves anything, and errs on the small side.
 *
 * @param variables bytes of all variables: weights, an optimiser's moments, averages
 * @param tensors bytes of all other tensors together; a run frees most of them on its way
 * @param largest bytes of the largest of these
 */
public record GraphMemory(long variables, long tensors, long largest) {
  /**
   * The part of all tensors that is there at a time. Measured: trainings of BigGAN reach 1/9 of
   * them at 32 pixels (batches of 32 and of 256) and 1/4 at 64.
   */
  private static final int AT_A_TIME = 10;

  private static final double MIB = 1L << 20;
  private static final double GIB = 1L << 30;

  /** That of a graph as it is now. */
  public static GraphMemory of(Graph graph) {
    long variables = 0;
    long tensors = 0;
    long largest = 0;
    Iterator<GraphOperation> operations = graph.operations();
    while (operations.hasNext()) {
      GraphOperation operation = operations.next();
      boolean variable = VariableOps.TYPES.contains(operation.type());
      for (int i = 0; i < operation.numOutputs(); i++) {
        long bytes = bytes(operation.output(i));
        largest = variable ? largest : Math.max(largest, bytes);
        variables = LongMath.saturatedAdd(variables, variable ? bytes : 0);
        tensors = LongMath.saturatedAdd(tensors, variable ? 0 : bytes);
      }
    }
    return new GraphMemory(variables, tensors, largest);
  }

  private static long bytes(Output<?> output) {
    Shape shape = output.shape();
    if (shape.isUnknown()) {
      return 0;
    }
    long bytes = width(output.dataType());
    for (long side : shape.asArray()) {
      // A side that is not known, such as the number of images, is 1 at least.
      bytes = LongMath.saturatedMultiply(bytes, side == Shape.UNKNOWN_SIZE ? 1 : side);
    }
    return bytes;
  }

  private static int width(DataType type) {
    return switch (type) {
      case DT_BOOL, DT_INT8, DT_UINT8 -> 1;
      case DT_HALF, DT_BFLOAT16, DT_INT16, DT_UINT16 -> Short.BYTES;
      case DT_DOUBLE, DT_INT64, DT_UINT64 -> Double.BYTES;
      default -> Float.BYTES;
    };
  }

  /** Bytes that are needed at least. */
  public long needed() {
    return LongMath.saturatedAdd(variables, Math.max(largest, tensors / AT_A_TIME));
  }

  /**
   * Refuses a graph that this machine has no memory for.
   *
   * @param advice what to do, which ends the sentence
   * @throws BadInputException with both sizes
   */
  void refuseTooLarge(String advice) {
    refuseAbove(machine(), advice);
  }

  /** The bytes of this machine's memory, or of what its container may have. */
  public static long machine() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  /** The same for a machine with so many bytes. */
  void refuseAbove(long machine, String advice) {
    if (needed() > machine) {
      throw new BadInputException(
          "the networks need %s, and this machine has %s; %s"
              .formatted(this, gib(machine), advice));
    }
  }

  /** In words, such as {@code at least 2.1 GiB of memory}. */
  @Override
  public String toString() {
    return "at least %s of memory (%s for weights and averages, the rest for a step)"
        .formatted(gib(needed()), gib(variables));
  }

  /** A number of bytes in words, such as {@code 2.1 GiB}. */
  public static String gib(long bytes) {
    return bytes < GIB / 10
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / MIB)
        : String.format(Locale.ROOT, "%,.1f GiB", bytes / GIB);
  }
}
