package tsugiki.activation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tsugiki.study.Collapse;
import tsugiki.train.RunDirectory;

/**
 * The figures of one training: its last scores, its losses over the last fifth of its steps, the
 * last α of every layer, and when it collapsed.
 */
final class TrainingFigures {
  /** How the name of every α begins. */
  static final String ALPHA = "alpha_";

  /** The losses and how much they sway. */
  static final List<String> LOSSES = List.of("loss_d", "loss_g");

  /** The ending of the name of a loss's deviation. */
  static final String DEVIATION = "_deviation";

  /** The step from which the images' variety stayed low, see {@link Collapse}. */
  static final String COLLAPSED = "collapsed_at";

  /** The share of the steps before those whose losses count: a single step's loss is chance. */
  private static final double BEFORE = 0.8;

  private TrainingFigures() {}

  /**
   * Reads them.
   *
   * @param scores the names of the scores
   */
  static Map<String, Double> of(RunDirectory run, List<String> scores) {
    Map<String, Double> last = run.lastMetrics();
    Map<String, Double> figures = new LinkedHashMap<>();
    last.forEach(
        (name, value) -> {
          if (scores.contains(name) || name.startsWith(ALPHA)) {
            figures.put(name, value);
          }
        });
    LOSSES.forEach(name -> addLoss(figures, name, run.series(name)));
    Collapse.step(run).ifPresent(step -> figures.put(COLLAPSED, (double) step));
    return figures;
  }

  private static void addLoss(
      Map<String, Double> figures, String name, RunDirectory.Series series) {
    double from = BEFORE * Arrays.stream(series.steps()).max().orElse(0);
    double[] values =
        IntStream.range(0, series.steps().length)
            .filter(i -> series.steps()[i] >= from)
            .mapToDouble(i -> series.values()[i])
            .toArray();
    if (values.length > 0) {
      double mean = Arrays.stream(values).average().orElseThrow();
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      figures.put(name, mean);
      figures.put(name + DEVIATION, Math.sqrt(squares));
    }
  }
}
