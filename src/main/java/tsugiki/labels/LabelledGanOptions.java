package tsugiki.labels;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Objects;
import tsugiki.gan.GanRunOptions;

/**
 * Options of a GAN's run with the source of its labels. In {@code options.json} {@code labels}
 * stands beside the other options.
 *
 * @param gan the training
 * @param labels the source of its labels; the folders
 */
public record LabelledGanOptions(@JsonUnwrapped GanRunOptions gan, LabelOptions labels) {
  /** Checks that the training can use the labels. */
  public LabelledGanOptions {
    Objects.requireNonNull(gan, "gan");
    Objects.requireNonNull(labels, "labels");
    labels.check(gan.training().supervision());
  }

  /** The source of the labels. */
  LabelSource source() {
    return labels.source(gan.training().supervision());
  }
}
