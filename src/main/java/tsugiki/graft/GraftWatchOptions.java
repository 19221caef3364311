package tsugiki.graft;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.train.Intervals;

/**
 * What is measured, shown and written during and after a graft.
 *
 * @param truncation where the latent vectors of samples are cut
 * @param scoreNetworks the networks to score with, by name
 * @param scoreImages samples per score
 * @param slim whether the model's folder holds only what differs from the rootstock
 * @param half whether the model's file holds kernels in 16 bits
 * @param intervals how often it is measured, sampled and kept
 */
@RecordBuilder
public record GraftWatchOptions(
    double truncation,
    List<String> scoreNetworks,
    int scoreImages,
    boolean slim,
    boolean half,
    @JsonUnwrapped Intervals intervals)
    implements GraftWatchOptionsBuilder.With {

  /** A truncation that cuts nothing: a normal draw lies within it, but for one of 10²³. */
  public static final double UNCUT = 10;

  /** Checks every value. */
  public GraftWatchOptions {
    Objects.requireNonNull(scoreNetworks, "scoreNetworks");
    scoreNetworks = scoreNetworks.stream().map(NetworkName::absolute).toList();
    Objects.requireNonNull(intervals, "intervals");
    LatentDraws.check("truncation", truncation);
    Checks.size("scoreImages", scoreImages, 2);
  }

  /** Whether the truncation cuts anything. */
  boolean cut() {
    return truncation < UNCUT;
  }

  /** A truncation as it is written. */
  static String word(float truncation) {
    return truncation < UNCUT ? Float.toString(truncation) : "none";
  }

  /** The defaults. */
  public static GraftWatchOptions defaults() {
    return new GraftWatchOptions(
        0.4, List.of("starter"), 500, false, false, new Intervals(10, 250, 250));
  }
}
