package tsugiki.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The numbers that the products of a training are computed in; weights and their sums stay float32.
 */
public enum Precision {
  /** 32 bits, 24 of them for the digits. */
  FLOAT32,
  /**
   * 16 bits, 8 of them for the digits, with the range of float32: TensorFlow puts casts around
   * convolutions and products, which processors with AMX compute several times as fast.
   */
  BFLOAT16;

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final Pattern AMX = Pattern.compile("\\bamx_bf16\\b");

  /** The values of {@code ONEDNN_MAX_CPU_ISA} with which oneDNN may use AMX. */
  private static final Set<String> WITH_AMX =
      Set.of(
          "",
          "ALL",
          "DEFAULT",
          "AVX512_CORE_AMX",
          "AVX512_CORE_AMX_FP16",
          "AVX10_1_512_AMX",
          "AVX10_1_512_AMX_FP16");

  /**
   * Whether this machine's processor computes it fast and right. AVX-512 has instructions for
   * bfloat16 too, but oneDNN's convolutions of one and of three channels are wrong with them.
   */
  public boolean available() {
    return this == FLOAT32 || WITH_AMX.contains(limit()) && listsAmx(PROCESSOR);
  }

  private static String limit() {
    return System.getenv().getOrDefault("ONEDNN_MAX_CPU_ISA", "").toUpperCase(Locale.ROOT);
  }

  /** Whether Linux lists AMX; elsewhere there is no such file. */
  static boolean listsAmx(Path processor) {
    if (!Files.isReadable(processor)) {
      return false;
    }
    try {
      // Files.lines reads nothing in a thread that is interrupted.
      return Files.readString(processor)
          .lines()
          .anyMatch(line -> line.startsWith("flags") && AMX.matcher(line).find());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The name as it is written on the command line.
   *
   * @return {@code float32} or {@code bfloat16}
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
