package tsugiki.gan;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import tsugiki.data.ClassShares;
import tsugiki.data.GivenLabels;
import tsugiki.data.ImageSet;

/**
 * Labels of the training images, and the distribution of the labels of generated ones. Each image
 * has a label, a distribution over the classes, or an unknown label. Immutable.
 */
public final class TrainingLabels {
  /** Stands for the label of an image whose class is unknown. */
  public static final int UNKNOWN = GivenLabels.NONE;

  /** Gives labels that change from epoch to epoch. */
  @FunctionalInterface
  public interface EpochLabels {
    /**
     * The label of an image in an epoch, the same in every call.
     *
     * @param image its index
     * @param epoch from 0
     */
    int label(int image, long epoch);
  }

  private final List<String> classNames;
  private final int[] labels;
  private final Optional<float[]> probabilities;
  private final Optional<EpochLabels> changing;
  private final ClassShares fakes;

  private TrainingLabels(
      List<String> classNames,
      int[] labels,
      Optional<float[]> probabilities,
      Optional<EpochLabels> changing,
      ClassShares fakes) {
    this.classNames = List.copyOf(classNames);
    this.labels = labels;
    this.probabilities = probabilities;
    this.changing = changing;
    this.fakes = fakes;
  }

  /** The labels that a set of images comes with; generated images get every class alike. */
  public static TrainingLabels of(ImageSet images) {
    return hard(images.labels(), images.classNames());
  }

  /**
   * One label per image; generated images get every class alike.
   *
   * @param labels [N], indices into {@code classNames}, {@link #UNKNOWN} for an unknown class
   * @param classNames the classes; one class alone leaves nothing to condition on, and the
   *     discriminator has no projection
   */
  public static TrainingLabels hard(int[] labels, List<String> classNames) {
    for (int label : labels) {
      if (label != UNKNOWN) {
        Objects.checkIndex(label, classNames.size());
      }
    }
    return new TrainingLabels(
        classNames,
        labels.clone(),
        Optional.empty(),
        Optional.empty(),
        ClassShares.uniform(classNames.size()));
  }

  /**
   * A distribution over the classes per image; its label is the likeliest class. Generated images
   * get every class alike.
   *
   * @param probabilities [N, C] in row-major order, every row summing to 1
   * @param classNames the C classes
   */
  public static TrainingLabels soft(float[] probabilities, List<String> classNames) {
    int classes = classNames.size();
    if (classes == 0 || probabilities.length % classes != 0) {
      throw new IllegalArgumentException(
          "%d probabilities make no rows of %d classes".formatted(probabilities.length, classes));
    }
    int[] labels = new int[probabilities.length / classes];
    for (int i = 0; i < labels.length; i++) {
      double[] row = new double[classes];
      for (int c = 0; c < classes; c++) {
        row[c] = probabilities[i * classes + c];
        labels[i] = row[c] > row[labels[i]] ? c : labels[i];
      }
      ClassShares.of(row); // Refuses what is no distribution.
    }
    return new TrainingLabels(
        classNames,
        labels,
        Optional.of(probabilities.clone()),
        Optional.empty(),
        ClassShares.uniform(classes));
  }

  /**
   * A label per image and epoch; generated images get every class alike.
   *
   * @param count the number of images
   * @param classNames the classes
   * @param labels gives indices into {@code classNames}
   */
  public static TrainingLabels changing(int count, List<String> classNames, EpochLabels labels) {
    return new TrainingLabels(
        classNames,
        new int[count],
        Optional.empty(),
        Optional.of(labels),
        ClassShares.uniform(classNames.size()));
  }

  /** The same with other shares of the classes among generated images. */
  public TrainingLabels withFakes(ClassShares shares) {
    if (shares.classes() != classNames.size()) {
      throw new IllegalArgumentException(
          "%d shares for %d classes".formatted(shares.classes(), classNames.size()));
    }
    return new TrainingLabels(classNames, labels, probabilities, changing, shares);
  }

  /** The number of images. */
  public int count() {
    return labels.length;
  }

  /** The classes' names in the order of their labels. */
  public List<String> classNames() {
    return classNames;
  }

  /** Whether each image has a distribution over the classes. */
  public boolean soft() {
    return probabilities.isPresent();
  }

  /** Whether the label of an image is known. */
  public boolean known(int image) {
    return labels[image] != UNKNOWN;
  }

  /** Whether the labels of all images are known. */
  public boolean allKnown() {
    return IntStream.range(0, count()).allMatch(this::known);
  }

  /**
   * The label of an image, {@link #UNKNOWN} where it is not {@link #known}.
   *
   * @param image its index
   * @param epoch from 0; matters only for labels that change
   */
  public int label(int image, long epoch) {
    return changing.map(by -> by.label(image, epoch)).orElse(labels[image]);
  }

  /**
   * The distribution over the classes of an image.
   *
   * @param image its index
   * @return a copy [C]
   * @throws IllegalStateException if the labels are not {@link #soft}
   */
  public float[] probabilities(int image) {
    float[] rows =
        probabilities.orElseThrow(
            () -> new IllegalStateException("these labels are no distributions"));
    int classes = classNames.size();
    return Arrays.copyOfRange(rows, image * classes, (image + 1) * classes);
  }

  /** The shares of the classes among generated images. */
  public ClassShares fakes() {
    return fakes;
  }
}
