package tsugiki.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How long the repeats of one piece of work took, in milliseconds. */
final class Timing {
  private static final double NANOS = 1e6;

  private final List<Double> wall = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();

  /** Does the work once and keeps how long it took. */
  void measure(Runnable work) {
    long cpuStart = cpuTime();
    long start = System.nanoTime();
    work.run();
    wall.add((System.nanoTime() - start) / NANOS);
    cpu.add((cpuTime() - cpuStart) / NANOS);
  }

  /** Does the work without keeping how long it took. */
  static void warmUp(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }

  double median() {
    return median(wall);
  }

  /** The median of the differences from the same repeats of other work. */
  double medianExcess(Timing other) {
    return median(
        IntStream.range(0, wall.size()).mapToObj(i -> wall.get(i) - other.wall.get(i)).toList());
  }

  double min() {
    return wall.stream().mapToDouble(d -> d).min().orElseThrow();
  }

  double max() {
    return wall.stream().mapToDouble(d -> d).max().orElseThrow();
  }

  /** The median processor time of all threads of the process. */
  double cpuMedian() {
    return median(cpu);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static long cpuTime() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
