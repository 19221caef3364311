package tsugiki.score;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import tsugiki.features.Features;

/**
 * Gathers the features of one side's images. Where statistics suffice, of more images than
 * dimensions only the statistics are kept, so that memory does not grow with their number.
 */
final class SideCollector implements Consumer<Features> {
  private final String source;
  private final int images;
  private final IntFunction<String> names;
  private final boolean statisticsSuffice;
  private final List<Features> kept = new ArrayList<>();
  private MomentSums sums;

  /**
   * Starts.
   *
   * @param source what errors call the side
   * @param images how many will come
   * @param names of the images by row
   * @param statisticsSuffice whether no image's own features are needed
   */
  SideCollector(String source, int images, IntFunction<String> names, boolean statisticsSuffice) {
    this.source = source;
    this.images = images;
    this.names = names;
    this.statisticsSuffice = statisticsSuffice;
  }

  @Override
  public void accept(Features chunk) {
    if (!statisticsSuffice || images <= chunk.dimensions()) {
      kept.add(chunk);
      return;
    }
    if (sums == null) {
      sums = new MomentSums(chunk.dimensions());
    }
    sums.add(chunk);
  }

  /** The side, after the last image. */
  ScoreSide side() {
    return sums == null
        ? ScoreSide.of(Features.concat(kept), names)
        : ScoreSide.of(sums.statistics(source));
  }
}
