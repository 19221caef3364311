package tsugiki.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What memory the process has used. */
final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final double KIB_A_MIB = 1024;

  private Memory() {}

  /**
   * The most memory that this process has had resident, the Java heap and TensorFlow's buffers
   * together.
   *
   * @return MiB, or NaN where the system does not say (it is Linux that does)
   */
  static double peakMib() {
    try {
      return parse(Files.readAllLines(STATUS));
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** The peak in the lines of a status file. */
  static double parse(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_A_MIB)
        .findFirst()
        .orElse(Double.NaN);
  }
}
