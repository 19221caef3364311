package tsugiki.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tsugiki.report.BarChart;

/** A bar chart of how often each class comes among a variant's images, beside the real ones'. */
public final class ShareChart {
  /** What the real images are called, in charts and tables. */
  public static final String REAL = "real images";

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 600;

  private ShareChart() {}

  /**
   * Writes one as PNG.
   *
   * @param classes that are shown, from the left
   * @param real the share of each class among the real images; 0 where it has none
   * @param shares the same of the variant's
   */
  public static void write(
      Path file,
      List<String> classes,
      Map<String, Double> real,
      String variant,
      Map<String, Double> shares) {
    new BarChart("classes", "share of images", classes)
        .series(REAL, of(classes, real))
        .series(variant, of(classes, shares))
        .write(WIDTH, HEIGHT, file);
  }

  private static double[] of(List<String> classes, Map<String, Double> shares) {
    return classes.stream().mapToDouble(name -> shares.getOrDefault(name, 0.0)).toArray();
  }
}
