package tsugiki.gan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.train.Intervals;

/**
 * How closely a training of a GAN is watched. {@link #defaults()} has the defaults.
 *
 * @param intervals how often it is measured, sampled and kept
 * @param scoreNetwork the network whose features KID is taken from, by name; empty for no score
 * @param scoreEvery steps between scores
 * @param scoreImages images on either side of a score
 */
@RecordBuilder
public record GanWatchOptions(
    @JsonUnwrapped Intervals intervals, String scoreNetwork, long scoreEvery, int scoreImages)
    implements GanWatchOptionsBuilder.With {

  /** Checks every value. */
  public GanWatchOptions {
    Objects.requireNonNull(scoreNetwork, "scoreNetwork");
    Objects.requireNonNull(intervals, "intervals");
    scoreNetwork = NetworkName.absolute(scoreNetwork);
    Checks.atLeast("scoreEvery", scoreEvery, 1);
    Checks.size("scoreImages", scoreImages, 2);
  }

  /** Without a score. */
  public static GanWatchOptions defaults() {
    return new GanWatchOptions(Intervals.defaults(), "", 1_000, 1_000);
  }
}
