package tsugiki.labels;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tsugiki.data.ImageSet;
import tsugiki.gan.TrainingLabels;

/**
 * Labels that people gave. Some images may have none.
 *
 * @param classNames the classes
 * @param labels [N], indices into {@code classNames}, {@link #NONE} for an image without a label
 * @param truth [N], the classes of all images, for measuring alone; empty where nobody knows them
 */
record GivenLabels(List<String> classNames, int[] labels, int[] truth) {
  /** Stands for the label of an image that has none. */
  static final int NONE = TrainingLabels.UNKNOWN;

  /**
   * The labels of images.
   *
   * @param options {@code all}, {@code single}, a share or a file
   * @param images with their folders as labels
   * @throws tsugiki.base.BadInputException if a label names no image, or a class has no labelled
   *     image
   * @throws IllegalArgumentException if the options name another source
   */
  static GivenLabels of(LabelOptions options, ImageSet images) {
    if (options.source() instanceof GivenSource source) {
      return source.given(images);
    }
    throw new IllegalArgumentException("labels " + options.labels() + " are not given");
  }

  /** The labels for a training, unknown where there are none. */
  TrainingLabels training() {
    return TrainingLabels.hard(labels, classNames);
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
  int[] hidden() {
    return truth.length == 0
        ? new int[0]
        : IntStream.range(0, labels.length).filter(i -> !known(i)).toArray();
  }

  /**
   * The share of wrong predictions of hidden labels.
   *
   * @param hidden some of {@link #hidden}
   * @param predicted their labels, in that order
   * @return {@code label_error}; empty where nothing is hidden
   */
  Map<String, Double> error(int[] hidden, int[] predicted) {
    if (hidden.length == 0) {
      return Map.of();
    }
    long wrong =
        IntStream.range(0, hidden.length).filter(i -> predicted[i] != truth[hidden[i]]).count();
    return Map.of("label_error", (double) wrong / hidden.length);
  }
}
