package tsugiki.score;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import tsugiki.base.BadInputException;
import tsugiki.features.Features;

/**
 * Gathers an {@link InceptionScore} chunk by chunk: per split the summed class probabilities and
 * the summed Σ p log p. Memory does not grow with the number of images but for the shuffle, which
 * takes four bytes per image.
 */
public final class InceptionScoreSums implements Consumer<Features> {
  /** How far a row's sum may be from 1; float32 softmax over 1,008 classes stays below 1e-5. */
  private static final double SUM_TOLERANCE = 1e-3;

  private final int images;
  private final int splits;
  private final String order;

  /** The split of every image where they are shuffled; otherwise null. */
  private final int[] splitOf;

  private final double[] negentropy;
  private final int[] counts;
  private double[][] sums;
  private int next;

  private InceptionScoreSums(String source, int images, int splits, String order, int[] splitOf) {
    if (splits < 1 || splits > images) {
      throw new BadInputException(
          "The Inception Score of %s cannot be computed in %d splits from %d images; take 1 to %d splits"
              .formatted(source, splits, images, images));
    }
    this.images = images;
    this.splits = splits;
    this.order = order;
    this.splitOf = splitOf;
    negentropy = new double[splits];
    counts = new int[splits];
  }

  /**
   * Sums over images in the order given, as the authors' code does.
   *
   * @param source what errors call the images
   * @param images how many will come
   * @param splits from 1 to the number of images; usually 10
   * @throws BadInputException if there are more splits than images
   */
  public static InceptionScoreSums inOrder(String source, int images, int splits) {
    return new InceptionScoreSums(source, images, splits, "file order", null);
  }

  /**
   * Sums over images that are assigned to the splits by a shuffle; otherwise as {@link #inOrder}.
   *
   * @param seed the same seed shuffles the same way
   */
  public static InceptionScoreSums shuffled(String source, int images, int splits, long seed) {
    int[] order = Draws.withoutReplacement(images, images, new Random(seed));
    int[] splitOf = new int[images];
    for (int place = 0; place < images; place++) {
      splitOf[order[place]] = split(place, splits, images);
    }
    return new InceptionScoreSums(source, images, splits, "shuffled with seed " + seed, splitOf);
  }

  /** Where {@link InceptionScore#first} puts an image: the inverse of that function. */
  private static int split(int place, int splits, int images) {
    int split = (int) ((long) place * splits / images);
    while (split + 1 < splits && InceptionScore.first(split + 1, splits, images) <= place) {
      split++;
    }
    return split;
  }

  /**
   * Takes the next images.
   *
   * @param chunk [n, C], each row at least 0 and with the sum 1
   * @throws BadInputException if a row holds no probabilities
   */
  @Override
  public void accept(Features chunk) {
    int classes = chunk.dimensions();
    if (sums == null) {
      sums = new double[splits][classes];
    }
    float[] values = chunk.values();
    for (int row = 0; row < chunk.count(); row++, next++) {
      requireProbabilities(chunk, row);
      int split = splitOf == null ? split(next, splits, images) : splitOf[next];
      double[] sum = sums[split];
      for (int c = 0; c < classes; c++) {
        sum[c] += values[row * classes + c];
      }
      negentropy[split] += InceptionScore.negentropy(chunk, row);
      counts[split]++;
    }
  }

  private void requireProbabilities(Features chunk, int row) {
    double sum = 0;
    for (int c = 0; c < chunk.dimensions(); c++) {
      float p = chunk.get(row, c);
      if (p < 0) {
        throw refusal(chunk, "holds " + p);
      }
      sum += p;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw refusal(chunk, "has the sum " + sum);
    }
  }

  private BadInputException refusal(Features chunk, String found) {
    return new BadInputException(
        "%s: row %d (counted from 0) %s; give probabilities that sum to 1, not logits or features"
            .formatted(chunk.source(), next, found));
  }

  /**
   * The score of the images.
   *
   * @throws IllegalStateException if not all of them have come
   */
  public InceptionScore.Result result() {
    if (next != images) {
      throw new IllegalStateException("%d of %d images have come".formatted(next, images));
    }
    double[] scores = new double[splits];
    Arrays.setAll(scores, s -> InceptionScore.ofSplit(sums[s], negentropy[s], counts[s]));
    MeanDeviation mean = MeanDeviation.of(scores);
    return new InceptionScore.Result(
        mean.mean(),
        mean.deviation(),
        splits,
        images,
        sums[0].length,
        "exp(mean KL(p(y|x) || p(y))), %d splits, %s, mean and population deviation"
            .formatted(splits, order));
  }
}
