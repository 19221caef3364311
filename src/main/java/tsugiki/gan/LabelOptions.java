package tsugiki.gan;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;

/**
 * Where the labels of images come from. Whatever is null takes its default when the record is made.
 * The room {@code labels} makes labels of it.
 *
 * @param labels {@code all} (every image's folder), {@code single}, {@code random}, {@code
 *     random-each-epoch}, {@code cluster}, a share such as {@code 10%} of the images of every
 *     folder, or a CSV file that ends in {@code .csv}; all
 * @param labelSeed which images keep their label where a share does. It is not the run's seed, so
 *     that the network of {@code --features} and every run on the same data see the same labels; 0
 * @param labelCount how many labels there are to be drawn or clusters to be found; 0 takes as many
 *     as the data has folders
 * @param features the folder of the feature network's SavedModel that clusters or predicts; empty
 *     without
 */
public record LabelOptions(String labels, Long labelSeed, Integer labelCount, String features) {
  /** Each image's folder is its class. */
  public static final String ALL = "all";

  private static final Pattern SHARE = Pattern.compile("\\d+(\\.\\d+)?%");
  private static final String FILE_ENDING = ".csv";

  /** What {@code labels} asks for. */
  public enum Source {
    /** The folders of all images. */
    ALL,
    /** One label for all images: nothing to condition on. */
    SINGLE,
    /** A label drawn once an image. */
    RANDOM,
    /** A label drawn anew an image and epoch. */
    RANDOM_EACH_EPOCH,
    /** Clusters of the features. */
    CLUSTER,
    /** The folders of some images. */
    SHARE,
    /** A file. */
    FILE
  }

  /** Fills in the defaults and checks every value. */
  public LabelOptions {
    labels = Objects.requireNonNullElse(labels, ALL);
    labelSeed = Objects.requireNonNullElse(labelSeed, 0L);
    labelCount = Objects.requireNonNullElse(labelCount, 0);
    features = Objects.requireNonNullElse(features, "");
    if (isFile(labels)) {
      // A run is resumed from anywhere.
      labels = Path.of(labels).toAbsolutePath().normalize().toString();
    }
    Source source = source(labels);
    Checks.atLeast("labelCount", labelCount, 0);
    if (source == Source.SHARE && !(percent(labels) > 0 && percent(labels) <= 100)) {
      throw new BadInputException("⟨labels⟩ is " + labels + "; give above 0% and at most 100%");
    }
    boolean counted = source == Source.CLUSTER || source == Source.RANDOM;
    if (labelCount > 0 && !counted && source != Source.RANDOM_EACH_EPOCH) {
      throw new BadInputException(
          "⟨labelCount⟩ is for ⟨labels⟩ random and cluster, and ⟨labels⟩ is "
              + labels
              + "; leave it out");
    }
    if (source == Source.CLUSTER && features.isEmpty()) {
      throw new BadInputException(
          "⟨labels⟩ cluster groups images by the features of a network; name its run with ⟨features⟩ (train ⟨recipe⟩ features makes one)");
    }
  }

  /** The folders' labels for all images. */
  public static LabelOptions all() {
    return new LabelOptions(null, null, null, null);
  }

  /**
   * Checks that a GAN can make use of the labels.
   *
   * @throws BadInputException if an argument has nothing to do, or a network is missing
   */
  void check(SupervisionOptions supervision) {
    Unlabelled rest = supervision.unlabelled();
    boolean predicts = rest == Unlabelled.PREDICT;
    if (rest != Unlabelled.DROP && !partial()) {
      throw new BadInputException(
          "⟨unlabelled⟩ %s is for images without a label, and ⟨labels⟩ %s leaves none; give a share such as 10%% or a CSV file"
              .formatted(rest, labels));
    }
    if (predicts && features.isEmpty()) {
      throw new BadInputException(
          "⟨unlabelled⟩ predict takes labels from a feature network; name its run with ⟨features⟩ (train ⟨recipe⟩ features makes one)");
    }
    if (!features.isEmpty() && !predicts && source() != Source.CLUSTER) {
      throw new BadInputException(
          "⟨features⟩ is for ⟨labels⟩ cluster and ⟨unlabelled⟩ predict; give one of them or leave it out");
    }
    if (supervision.softLabels() && rest == Unlabelled.DROP) {
      throw new BadInputException(
          "⟨softLabels⟩ is for labels that are predicted; add ⟨unlabelled⟩ predict or co-training, or leave it out");
    }
  }

  /** Which kind of source it is. */
  public Source source() {
    return source(labels);
  }

  /** The share of each class whose labels are kept, in (0, 1], for {@link Source#SHARE}. */
  public double share() {
    return percent(labels) / 100;
  }

  /** Whether some images may be left without a label. */
  public boolean partial() {
    return source() == Source.SHARE || source() == Source.FILE;
  }

  private static Source source(String labels) {
    if (isFile(labels)) {
      return Source.FILE;
    }
    if (SHARE.matcher(labels).matches()) {
      return Source.SHARE;
    }
    return switch (labels) {
      case ALL -> Source.ALL;
      case "single" -> Source.SINGLE;
      case "random" -> Source.RANDOM;
      case "random-each-epoch" -> Source.RANDOM_EACH_EPOCH;
      case "cluster" -> Source.CLUSTER;
      default ->
          throw new BadInputException(
              "⟨labels⟩ is '%s'; give all, single, random, random-each-epoch, cluster, a share such as 10%%, or a file that ends in .csv"
                  .formatted(labels));
    };
  }

  private static boolean isFile(String labels) {
    return labels.toLowerCase(Locale.ROOT).endsWith(FILE_ENDING);
  }

  private static double percent(String labels) {
    return Double.parseDouble(labels.substring(0, labels.length() - 1));
  }
}
