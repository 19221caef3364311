package tsugiki.gan;

import java.util.Objects;
import tsugiki.base.Checks;

/**
 * How closely a training is watched. Whatever is null takes its default when the record is made.
 *
 * @param measureEvery steps between lines of {@code metrics.jsonl}; 10
 * @param sampleEvery steps between sample grids; 500
 * @param checkpointEvery steps between checkpoints; 500
 * @param scoreNetwork the network whose features KID is taken from, as {@code --network} names it;
 *     empty for no score
 * @param scoreEvery steps between scores; 1,000
 * @param scoreImages images on either side of a score; 1,000
 */
public record WatchOptions(
    Long measureEvery,
    Long sampleEvery,
    Long checkpointEvery,
    String scoreNetwork,
    Long scoreEvery,
    Integer scoreImages) {

  /** Fills in the defaults and checks every value. */
  public WatchOptions {
    measureEvery = Objects.requireNonNullElse(measureEvery, 10L);
    sampleEvery = Objects.requireNonNullElse(sampleEvery, 500L);
    checkpointEvery = Objects.requireNonNullElse(checkpointEvery, 500L);
    scoreNetwork = Objects.requireNonNullElse(scoreNetwork, "");
    scoreEvery = Objects.requireNonNullElse(scoreEvery, 1_000L);
    scoreImages = Objects.requireNonNullElse(scoreImages, 1_000);
    Checks.atLeast("measureEvery", measureEvery, 1);
    Checks.atLeast("sampleEvery", sampleEvery, 1);
    Checks.atLeast("checkpointEvery", checkpointEvery, 1);
    Checks.atLeast("scoreEvery", scoreEvery, 1);
    Checks.atLeast("scoreImages", scoreImages, 2);
  }

  /** Whether there is a score at all. */
  boolean scores() {
    return !scoreNetwork.isEmpty();
  }
}
