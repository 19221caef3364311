package tsugiki.labels;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.StatelessRandom;
import tsugiki.data.ImageSet;
import tsugiki.gan.LabelOptions;
import tsugiki.gan.LabelOptions.Source;

/**
 * Labels that nobody gave: drawn ones, and the numbers of clusters.
 *
 * @param images with their folders as labels
 * @param count how many labels there are
 * @param word what they are called
 */
record MadeLabels(ImageSet images, int count, String word) {
  /**
   * How many there will be.
   *
   * @param options of any kind; only those that ask for made labels are looked at closely
   * @throws BadInputException if nothing says how many, or there are fewer images than clusters
   */
  static MadeLabels of(LabelOptions options, ImageSet images) {
    int folders = images.classNames().size();
    int count = options.labelCount() > 0 ? options.labelCount() : folders;
    boolean clusters = options.source() == Source.CLUSTER;
    boolean drawn =
        options.source() == Source.RANDOM || options.source() == Source.RANDOM_EACH_EPOCH;
    if ((clusters || drawn) && count == 1 && options.labelCount() == 0) {
      throw new BadInputException(
          "⟨labels⟩ %s needs a number of labels, since the data has one folder; give ⟨labelCount⟩"
              .formatted(options.labels()));
    }
    if (clusters && count > images.count()) {
      throw new BadInputException(
          "⟨labelCount⟩ is %d and there are %d images; give at most that many"
              .formatted(count, images.count()));
    }
    return new MadeLabels(images, count, clusters ? "cluster" : "label");
  }

  /** The names of the labels in order, such as {@code cluster-007}. */
  List<String> names() {
    return IntStream.range(0, count).mapToObj(i -> "%s-%03d".formatted(word, i)).toList();
  }

  /**
   * A label an image, each as likely.
   *
   * @return [N], 0 to {@link #count} − 1
   */
  int[] drawn(long seed) {
    SplittableRandom random = StatelessRandom.of(seed, 0, "random labels");
    return random.ints(images.count(), 0, count).toArray();
  }

  /**
   * How well labels agree with the folders, where there are several of both.
   *
   * @param labels [N]
   * @return {@code label_purity} and {@code label_nmi}
   */
  Map<String, Double> agreement(int[] labels) {
    if (images.classNames().size() == 1 || count == 1) {
      return Map.of();
    }
    Agreement agreement = Agreement.of(labels, images.labels());
    return new TreeMap<>(
        Map.of("label_purity", agreement.purity(), "label_nmi", agreement.information()));
  }
}
