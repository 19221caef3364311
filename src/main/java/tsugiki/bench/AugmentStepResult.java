package tsugiki.bench;

import java.util.List;
import java.util.Set;

/**
 * What {@link AugmentStepBench} measured.
 *
 * @param work {@code augment-step}
 * @param recipe the kind of the networks
 * @param size of the images in pixels
 * @param batch images per step
 * @param rows one for each augmentation, the plain step first
 */
public record AugmentStepResult(String work, String recipe, int size, int batch, List<Row> rows) {
  /** The plain step. */
  static final String NONE = "none";

  /** LeCam regularisation, which is no augmentation and stands beside them. */
  static final String LECAM = "lecam";

  /** Those that pass further images through the networks, whatever their own operations cost. */
  private static final Set<String> FURTHER_PASSES = Set.of("cr", "bcr", "zcr");

  /**
   * A step with one augmentation.
   *
   * @param name of the augmentation
   * @param msMedian milliseconds per step
   * @param msMin the fastest step
   * @param msMax the slowest step
   * @param cpuMsMedian processor time of all threads, which other programs disturb less
   * @param share of the plain step that it adds: the median of the differences of neighbouring
   *     steps, over the plain median
   * @param cpuShare the same of the processor time, of the medians
   */
  public record Row(
      String name,
      double msMedian,
      double msMin,
      double msMax,
      double cpuMsMedian,
      double share,
      double cpuShare) {}

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %d pixels, batch %d; shares are of the plain step's time and processor time%n"
            .formatted(recipe, size, batch));
    rows.stream().filter(row -> !furtherPasses(row)).forEach(row -> text.append(line(row)));
    if (rows.stream().anyMatch(AugmentStepResult::furtherPasses)) {
      text.append("with further passes through the networks:%n".formatted());
      rows.stream().filter(AugmentStepResult::furtherPasses).forEach(row -> text.append(line(row)));
    }
    return text.toString().stripTrailing();
  }

  private static boolean furtherPasses(Row row) {
    return FURTHER_PASSES.contains(row.name());
  }

  private static String line(Row row) {
    return "%-12s %8.1f ms (%.1f to %.1f) %+6.1f %%, processor %8.1f ms %+6.1f %%%n"
        .formatted(
            row.name(),
            row.msMedian(),
            row.msMin(),
            row.msMax(),
            100 * row.share(),
            row.cpuMsMedian(),
            100 * row.cpuShare());
  }
}
