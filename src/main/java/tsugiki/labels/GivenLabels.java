package tsugiki.labels;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.StatelessRandom;
import tsugiki.data.ImageSet;
import tsugiki.gan.LabelOptions;

/**
 * The labels that people gave: folders, a part of them, a file. Some images may have none.
 *
 * @param classNames the classes
 * @param labels [N], indices into {@code classNames}, {@link #NONE} for an image without a label
 * @param truth [N], what the labels that are missing would be, for measuring alone; empty where
 *     nobody knows
 */
record GivenLabels(List<String> classNames, int[] labels, int[] truth) {
  /** Stands for the label of an image that has none. */
  static final int NONE = -1;

  /**
   * Reads or draws them.
   *
   * @param options {@code all}, a share, a file; {@code single} gives one class
   * @param images with their folders as labels
   * @throws BadInputException if a label names no image, or a class has no labelled image
   */
  static GivenLabels of(LabelOptions options, ImageSet images) {
    return switch (options.source()) {
      case SHARE -> share(options, images);
      case FILE -> LabelFile.given(Path.of(options.labels()), images);
      case SINGLE -> new GivenLabels(List.of("all"), new int[images.count()], new int[0]);
      default -> new GivenLabels(images.classNames(), images.labels(), new int[0]);
    };
  }

  /**
   * The same share of every class. A larger share contains every smaller one of the same seed, so
   * that runs with different shares can be compared.
   */
  private static GivenLabels share(LabelOptions options, ImageSet images) {
    int[] truth = images.labels();
    int[] labels = new int[truth.length];
    Arrays.fill(labels, NONE);
    for (int c = 0; c < images.classNames().size(); c++) {
      int label = c;
      int[] members = IntStream.range(0, truth.length).filter(i -> truth[i] == label).toArray();
      int kept = (int) Math.round(options.share() * members.length);
      if (kept == 0) {
        throw new BadInputException(
            "⟨labels⟩ %s of %d images leaves the class %s, which has %d, without a labelled image; give a larger share"
                .formatted(
                    options.labels(), images.count(), images.classNames().get(c), members.length));
      }
      // By the class's name: the same images however many classes there are and in whatever order.
      String draw = "labelled images of " + images.classNames().get(c);
      shuffle(members, StatelessRandom.of(options.labelSeed(), 0, draw));
      for (int i = 0; i < kept; i++) {
        labels[members[i]] = c;
      }
    }
    return new GivenLabels(images.classNames(), labels, truth);
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  /** Whether an image has a label. */
  boolean known(int image) {
    return labels[image] != NONE;
  }

  /** The images with a label, in order. */
  int[] labelled() {
    return IntStream.range(0, labels.length).filter(this::known).toArray();
  }

  /** The images without a label whose class is known all the same, for measuring. */
  int[] judged() {
    return truth.length == 0
        ? new int[0]
        : IntStream.range(0, labels.length).filter(i -> !known(i)).toArray();
  }

  /**
   * How often guesses at hidden labels are wrong.
   *
   * @param judged some of {@link #judged}
   * @param guesses at their labels, in that order
   * @return {@code label_error}; empty where nothing is judged
   */
  Map<String, Double> error(int[] judged, int[] guesses) {
    if (judged.length == 0) {
      return Map.of();
    }
    long wrong =
        IntStream.range(0, judged.length).filter(i -> guesses[i] != truth[judged[i]]).count();
    return Map.of("label_error", (double) wrong / judged.length);
  }
}
