package tsugiki.train;

import io.soabase.recordbuilder.core.RecordBuilder;
import tsugiki.base.Checks;

/**
 * How often a training is watched and kept. Options hold it with {@code @JsonUnwrapped}, so that
 * {@code options.json} has the four numbers beside the others.
 *
 * @param measureEvery steps between lines of {@code metrics.jsonl}
 * @param sampleEvery steps between sample grids
 * @param checkpointEvery steps between checkpoints
 * @param keep how many of the last checkpoints stay; the one of the best score stays beside them
 */
@RecordBuilder
public record Intervals(long measureEvery, long sampleEvery, long checkpointEvery, int keep)
    implements IntervalsBuilder.With {
  /** Checks every value. */
  public Intervals {
    Checks.atLeast("measureEvery", measureEvery, 1);
    Checks.atLeast("sampleEvery", sampleEvery, 1);
    Checks.atLeast("checkpointEvery", checkpointEvery, 1);
    Checks.atLeast("keep", keep, 1);
  }

  /** With as many checkpoints as are usually kept. */
  public Intervals(long measureEvery, long sampleEvery, long checkpointEvery) {
    this(measureEvery, sampleEvery, checkpointEvery, Checkpoints.KEPT);
  }

  /** Every 10, 500 and 500 steps. */
  public static Intervals defaults() {
    return new Intervals(10, 500, 500);
  }
}
