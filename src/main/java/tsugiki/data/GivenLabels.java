package tsugiki.data;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The labels that people gave to images. Some images may have none.
 *
 * @param classNames the classes
 * @param labels [N], indices into {@code classNames}, {@link #NONE} for an image without a label
 * @param truth [N], the classes of all images, for measuring alone; empty where nobody knows them
 */
public record GivenLabels(List<String> classNames, int[] labels, int[] truth) {
  /** Stands for the label of an image that has none. */
  public static final int NONE = -1;

  /** Whether an image has a label. */
  public boolean known(int image) {
    return labels[image] != NONE;
  }

  /** The images with a label, in order. */
  public int[] labelled() {
    return IntStream.range(0, labels.length).filter(this::known).toArray();
  }

  /** The images without a label whose class is known all the same, for measuring. */
  public int[] hidden() {
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
  public Map<String, Double> error(int[] hidden, int[] predicted) {
    if (hidden.length == 0) {
      return Map.of();
    }
    long wrong =
        IntStream.range(0, hidden.length).filter(i -> predicted[i] != truth[hidden[i]]).count();
    return Map.of("label_error", (double) wrong / hidden.length);
  }
}
