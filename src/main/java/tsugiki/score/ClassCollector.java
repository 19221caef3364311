package tsugiki.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tsugiki.data.ImageSupply;
import tsugiki.features.Features;

/**
 * Gathers the class probabilities of images: the sums of their score, and every image's own only
 * where the options need them.
 */
final class ClassCollector implements Consumer<Features> {
  private final InceptionScoreSums sums;
  private final boolean keep;
  private final List<Features> kept = new ArrayList<>();

  /**
   * Starts.
   *
   * @throws tsugiki.base.BadInputException if there are more splits than images
   */
  ClassCollector(ImageSupply images, ScoreOptions options) {
    String source = images.toString();
    sums =
        options.shuffle()
            ? InceptionScoreSums.shuffled(source, images.count(), options.splits(), options.seed())
            : InceptionScoreSums.inOrder(source, images.count(), options.splits());
    keep = options.keepProbabilities() || options.bootstrap() > 0;
  }

  @Override
  public void accept(Features chunk) {
    sums.accept(chunk);
    if (keep) {
      kept.add(chunk);
    }
  }

  /** The score, after the last image. */
  InceptionScore.Result result() {
    return sums.result();
  }

  /** The probabilities of every image, where they were kept. */
  Optional<Features> rows() {
    return kept.isEmpty() ? Optional.empty() : Optional.of(Features.concat(kept));
  }
}
