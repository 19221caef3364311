package tsugiki.gan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.Function;
import tsugiki.base.Checks;

/**
 * How closely a training of a GAN is watched. {@link #defaults()} has the defaults, which also
 * stand for a component that {@code options.json} or the command line leaves out (null to the
 * constructor).
 *
 * @param measureEvery steps between lines of {@code metrics.jsonl}
 * @param sampleEvery steps between sample grids
 * @param checkpointEvery steps between checkpoints
 * @param scoreNetwork the network whose features KID is taken from, by name; empty for no score
 * @param scoreEvery steps between scores
 * @param scoreImages images on either side of a score
 */
@RecordBuilder
public record WatchOptions(
    Long measureEvery,
    Long sampleEvery,
    Long checkpointEvery,
    String scoreNetwork,
    Long scoreEvery,
    Integer scoreImages)
    implements WatchOptionsBuilder.With {

  /** Fills in the defaults and checks every value. */
  public WatchOptions {
    measureEvery = given(measureEvery, WatchOptions::measureEvery);
    sampleEvery = given(sampleEvery, WatchOptions::sampleEvery);
    checkpointEvery = given(checkpointEvery, WatchOptions::checkpointEvery);
    scoreNetwork = given(scoreNetwork, WatchOptions::scoreNetwork);
    scoreEvery = given(scoreEvery, WatchOptions::scoreEvery);
    scoreImages = given(scoreImages, WatchOptions::scoreImages);
    Checks.atLeast("measureEvery", measureEvery, 1);
    Checks.atLeast("sampleEvery", sampleEvery, 1);
    Checks.atLeast("checkpointEvery", checkpointEvery, 1);
    Checks.atLeast("scoreEvery", scoreEvery, 1);
    Checks.atLeast("scoreImages", scoreImages, 2);
  }

  /** Without a score. */
  public static WatchOptions defaults() {
    return new WatchOptions(10L, 500L, 500L, "", 1_000L, 1_000);
  }

  private static <T> T given(T value, Function<WatchOptions, T> component) {
    return value == null ? component.apply(defaults()) : value;
  }
}
