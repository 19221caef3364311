package tsugiki.gan;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import tsugiki.base.StatelessRandom;
import tsugiki.data.ImageSet;

/**
 * What a GAN's training is told about the classes of its images, wherever that comes from: folders,
 * a part of them, clusters, the predictions of a network. Every image has a label, or a row of
 * class probabilities, or neither; and generated images get labels from a distribution. It does not
 * change.
 */
public final class TrainingLabels {
  /** Rows of probabilities and the distribution may miss 1 by this much. */
  private static final double TOLERANCE = 1e-3;

  private final List<String> classNames;
  private final int[] labels;
  private final float[] probabilities;
  private final boolean[] labelled;
  private final double[] fakes;
  private final OptionalLong redrawn;

  private TrainingLabels(
      List<String> classNames,
      int[] labels,
      float[] probabilities,
      boolean[] labelled,
      double[] fakes,
      OptionalLong redrawn) {
    this.classNames = classNames;
    this.labels = labels;
    this.probabilities = probabilities;
    this.labelled = labelled;
    this.fakes = fakes;
    this.redrawn = redrawn;
  }

  /** The labels that a set of images comes with; generated images get every class alike. */
  public static TrainingLabels of(ImageSet images) {
    return hard(images.labels(), images.classNames());
  }

  /**
   * One label an image; generated images get every class alike.
   *
   * @param labels [N], indices into {@code classNames}
   * @param classNames the classes; with one alone there is nothing to condition on, and the
   *     discriminator has no projection
   */
  public static TrainingLabels hard(int[] labels, List<String> classNames) {
    for (int label : labels) {
      Objects.checkIndex(label, classNames.size());
    }
    return new TrainingLabels(
        List.copyOf(classNames),
        labels.clone(),
        null,
        allTrue(labels.length),
        uniform(classNames.size()),
        OptionalLong.empty());
  }

  /**
   * A row of class probabilities an image; its label is the likeliest class. Generated images get
   * every class alike.
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
      requireDistribution(row);
    }
    return new TrainingLabels(
        List.copyOf(classNames),
        labels,
        probabilities.clone(),
        allTrue(labels.length),
        uniform(classes),
        OptionalLong.empty());
  }

  /**
   * The same with some images' labels hidden from the training.
   *
   * @param known [N], whether the training may see an image's label
   */
  public TrainingLabels knownOnly(boolean[] known) {
    requireCount(known.length);
    return new TrainingLabels(classNames, labels, probabilities, known.clone(), fakes, redrawn);
  }

  /**
   * The same with generated images' labels drawn from another distribution, such as the clusters'.
   *
   * @param distribution [C], summing to 1
   */
  public TrainingLabels withFakes(double[] distribution) {
    if (distribution.length != classNames.size()) {
      throw new IllegalArgumentException(
          "%d shares for %d classes".formatted(distribution.length, classNames.size()));
    }
    requireDistribution(distribution);
    return new TrainingLabels(
        classNames, labels, probabilities, labelled, distribution.clone(), redrawn);
  }

  /**
   * The same with every image's label drawn anew in every epoch, each class as likely.
   *
   * @param seed of the draws
   */
  public TrainingLabels redrawnEachEpoch(long seed) {
    if (soft()) {
      throw new IllegalStateException("rows of probabilities are not drawn anew");
    }
    return new TrainingLabels(
        classNames, labels, probabilities, labelled, fakes, OptionalLong.of(seed));
  }

  /** The number of images. */
  public int count() {
    return labels.length;
  }

  /** The classes' names in the order of their labels. */
  public List<String> classNames() {
    return classNames;
  }

  /** Whether images have rows of probabilities. */
  public boolean soft() {
    return probabilities != null;
  }

  /** Whether the training may see the label of an image. */
  public boolean known(int image) {
    return labelled[image];
  }

  /** Whether it may see the label of every image. */
  public boolean allKnown() {
    return IntStream.range(0, count()).allMatch(this::known);
  }

  /**
   * An image's label; of one that is not {@link #known} whatever this was made with.
   *
   * @param image its index
   * @param epoch from 0, which matters only where labels are drawn anew
   */
  public int label(int image, long epoch) {
    if (redrawn.isEmpty()) {
      return labels[image];
    }
    return StatelessRandom.of(redrawn.getAsLong(), epoch, "label of image " + image)
        .nextInt(classNames.size());
  }

  /**
   * An image's class probabilities; without {@link #soft} rows 1 for its label.
   *
   * @return a copy [C]
   */
  public float[] probabilities(int image, long epoch) {
    int classes = classNames.size();
    if (soft()) {
      return Arrays.copyOfRange(probabilities, image * classes, (image + 1) * classes);
    }
    float[] row = new float[classes];
    row[label(image, epoch)] = 1;
    return row;
  }

  /** The shares of the classes among generated images, a copy [C]. */
  public double[] fakes() {
    return fakes.clone();
  }

  /** Whether generated images get every class alike. */
  public boolean uniformFakes() {
    return Arrays.equals(fakes, uniform(fakes.length));
  }

  /**
   * Labels that follow the distribution of the generated ones as closely as so many can, mixed as
   * evenly as they can be: at every place the class that is furthest behind its share.
   *
   * @return [count]
   */
  public long[] spread(int count) {
    int[] given = new int[fakes.length];
    long[] spread = new long[count];
    for (int i = 0; i < count; i++) {
      int most = 0;
      for (int c = 1; c < fakes.length; c++) {
        if (fakes[c] * (i + 1) - given[c] > fakes[most] * (i + 1) - given[most]) {
          most = c;
        }
      }
      given[most]++;
      spread[i] = most;
    }
    return spread;
  }

  private void requireCount(int given) {
    if (given != count()) {
      throw new IllegalArgumentException("%d values for %d images".formatted(given, count()));
    }
  }

  private static void requireDistribution(double[] shares) {
    double sum = Arrays.stream(shares).sum();
    if (!(Math.abs(sum - 1) <= TOLERANCE) || !Arrays.stream(shares).allMatch(s -> s >= 0)) {
      throw new IllegalArgumentException(
          "the shares of the classes sum to %s, and each has to be 0 or more".formatted(sum));
    }
  }

  private static double[] uniform(int classes) {
    double[] shares = new double[classes];
    Arrays.fill(shares, 1.0 / classes);
    return shares;
  }

  private static boolean[] allTrue(int count) {
    boolean[] all = new boolean[count];
    Arrays.fill(all, true);
    return all;
  }
}
