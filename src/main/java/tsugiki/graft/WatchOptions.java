package tsugiki.graft;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
import tsugiki.base.Checks;
import tsugiki.train.Intervals;

/**
 * What is measured and shown during and after a graft.
 *
 * @param truncation where the latent vectors of samples are cut
 * @param scoreNetworks the networks to score with, by name
 * @param intervals how often it is measured, sampled and kept
 */
public record WatchOptions(
    double truncation, List<String> scoreNetworks, @JsonUnwrapped Intervals intervals) {

  /** Checks every value. */
  public WatchOptions {
    scoreNetworks = List.copyOf(scoreNetworks);
    Objects.requireNonNull(intervals);
    Checks.positive("truncation", truncation);
  }

  /** The defaults. */
  public static WatchOptions defaults() {
    return new WatchOptions(0.4, List.of("starter"), new Intervals(10, 250, 250));
  }

  /** The same with another cut of the latent vectors. */
  public WatchOptions withTruncation(double cut) {
    return new WatchOptions(cut, scoreNetworks, intervals);
  }

  /** The same with other networks to score with. */
  public WatchOptions withScoreNetworks(List<String> networks) {
    return new WatchOptions(truncation, networks, intervals);
  }

  /** The same, measured, sampled and kept more or less often. */
  public WatchOptions withIntervals(Intervals other) {
    return new WatchOptions(truncation, scoreNetworks, other);
  }
}
