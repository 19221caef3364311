package tsugiki.single;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;

/**
 * What is measured and shown of a training; every stage ends with samples, a reconstruction and
 * scores.
 *
 * @param measureEvery steps between lines of {@code metrics.jsonl}
 * @param sampleEvery steps between pictures of the samples over time, or 0 for a quarter of a stage
 * @param checkpointEvery steps between checkpoints
 * @param keep how many of the last checkpoints stay
 * @param count random images that are drawn and scored
 * @param width of the images in the folder {@code samples}, or 0 for the training image's
 * @param height of the images in the folder {@code samples}, or 0 for the training image's
 * @param factor how many times as large the mode super-resolve makes an image
 * @param scoreNetwork the network of the single-image distance, by name; empty for the authors', or
 *     for the one of 2015 where that is not in the cache, or for none without both
 */
@RecordBuilder
public record SingleWatchOptions(
    long measureEvery,
    long sampleEvery,
    long checkpointEvery,
    int keep,
    int count,
    int width,
    int height,
    double factor,
    String scoreNetwork)
    implements SingleWatchOptionsBuilder.With {
  /** Checks every value. */
  public SingleWatchOptions {
    Objects.requireNonNull(scoreNetwork, "scoreNetwork");
    Checks.atLeast("measureEvery", measureEvery, 1);
    Checks.atLeast("sampleEvery", sampleEvery, 0);
    Checks.atLeast("checkpointEvery", checkpointEvery, 1);
    Checks.atLeast("keep", keep, 1);
    Checks.size("count", count, 1);
    Checks.size("width", width, 0);
    Checks.size("height", height, 0);
    if (!(factor > 1)) {
      throw new BadInputException("⟨factor⟩ is " + factor + "; give a number above 1, such as 4");
    }
    scoreNetwork = NetworkName.absolute(scoreNetwork);
  }

  /**
   * Lines every 10 steps, pictures every quarter of a stage, checkpoints every 500 steps, 16
   * images, enlarged four times.
   */
  public static SingleWatchOptions defaults() {
    return new SingleWatchOptions(10, 0, 500, 2, 16, 0, 0, 4, "");
  }
}
