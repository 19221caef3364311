package tsugiki.graft;

import java.util.List;
import java.util.Objects;
import tsugiki.base.Checks;

/**
 * What is looked at during and after a graft. Whatever is null takes its default when the record is
 * made.
 *
 * @param truncation where the latent vectors of samples are cut; 0.4
 * @param scoreNetworks the networks to score with, as {@code --network} names them; {@code starter}
 *     alone
 * @param measureEvery steps between lines of {@code metrics.jsonl}; 10
 * @param sampleEvery steps between sample grids; 250
 * @param checkpointEvery steps between checkpoints; 250
 */
public record WatchOptions(
    Double truncation,
    List<String> scoreNetworks,
    Long measureEvery,
    Long sampleEvery,
    Long checkpointEvery) {

  /** Fills in the defaults and checks every value. */
  public WatchOptions {
    truncation = Objects.requireNonNullElse(truncation, 0.4);
    scoreNetworks = List.copyOf(Objects.requireNonNullElse(scoreNetworks, List.of("starter")));
    measureEvery = Objects.requireNonNullElse(measureEvery, 10L);
    sampleEvery = Objects.requireNonNullElse(sampleEvery, 250L);
    checkpointEvery = Objects.requireNonNullElse(checkpointEvery, 250L);
    Checks.positive("truncation", truncation);
    Checks.atLeast("measureEvery", measureEvery, 1);
    Checks.atLeast("sampleEvery", sampleEvery, 1);
    Checks.atLeast("checkpointEvery", checkpointEvery, 1);
  }
}
