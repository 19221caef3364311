package tsugiki.study;

import java.util.List;
import java.util.OptionalLong;
import tsugiki.score.Diversity;
import tsugiki.train.RunDirectory;

/**
 * The collapse of a training: the step from which the variety of its images, by variance or by
 * spacing, stayed low.
 */
public final class Collapse {
  /** Below this share of the best that was reached, images count as collapsed. */
  static final double SHARE = 0.5;

  /** The metrics of variety. */
  public static final List<String> SERIES = List.of(Diversity.VARIANCE, Diversity.SPACING);

  private Collapse() {}

  /**
   * Finds it in a run.
   *
   * @return the first step of the first metric that collapsed; empty for a training that did not
   *     collapse
   */
  public static OptionalLong step(RunDirectory run) {
    return SERIES.stream()
        .map(name -> step(run.series(name)))
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  /**
   * Finds it.
   *
   * @param diversity over the training
   * @return the first measured step from which the diversity stays below half of its highest
   *     earlier value, to the end; empty for a training that did not collapse
   */
  static OptionalLong step(RunDirectory.Series diversity) {
    double highest = 0;
    OptionalLong since = OptionalLong.empty();
    for (int i = 0; i < diversity.values().length; i++) {
      double value = diversity.values()[i];
      if (value >= SHARE * highest) {
        since = OptionalLong.empty();
      } else if (since.isEmpty()) {
        since = OptionalLong.of((long) diversity.steps()[i]);
      }
      highest = Math.max(highest, value);
    }
    return since;
  }
}
