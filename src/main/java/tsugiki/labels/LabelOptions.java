package tsugiki.labels;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.data.FileLabels;
import tsugiki.data.GivenSource;
import tsugiki.data.ShareLabels;
import tsugiki.gan.SupervisionOptions;
import tsugiki.gan.Unlabelled;

/**
 * Options of the source of labels, as {@code options.json} keeps them. {@link #defaults()} has the
 * defaults.
 *
 * @param labels {@code all} (every image's folder), {@code single}, {@code random}, {@code
 *     random-each-epoch}, {@code cluster}, a share such as {@code 10%} of the images of every
 *     folder, or a CSV file that ends in {@code .csv}
 * @param labelSeed which images keep their label with a share; it is not the run's seed, so that
 *     feature networks and GANs on the same data see the same labels
 * @param labelCount the number of drawn labels or of clusters; 0 takes the number of folders
 * @param features the folder of the feature network's SavedModel that clusters or predicts; empty
 *     without
 */
@RecordBuilder
public record LabelOptions(String labels, long labelSeed, int labelCount, String features)
    implements LabelOptionsBuilder.With {
  /** Checks every value. */
  public LabelOptions {
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(features, "features");
    // A run is resumed from anywhere.
    labels = FileLabels.absolute(labels);
    Checks.size("labelCount", labelCount, 0);
    LabelSource source = LabelSource.of(labels, labelSeed, labelCount, features);
    boolean counted = source instanceof DrawnLabels || source instanceof ClusteredLabels;
    if (labelCount > 0 && !counted) {
      throw new BadInputException(
          "⟨labelCount⟩ is for ⟨labels⟩ random and cluster, and ⟨labels⟩ is "
              + labels
              + "; leave it out");
    }
    if (source instanceof ClusteredLabels && features.isEmpty()) {
      throw new BadInputException(
          "⟨labels⟩ cluster groups images by the features of a network; name its run with ⟨features⟩ (train ⟨recipe⟩ features makes one)");
    }
  }

  /** Every image's folder. */
  public static LabelOptions defaults() {
    return new LabelOptions("all", 0, 0, "");
  }

  /**
   * Labels from another source.
   *
   * @param labels as {@link #labels} describes them
   * @throws BadInputException if there is no such source
   */
  public static LabelOptions of(String labels) {
    return defaults().withLabels(labels);
  }

  /**
   * Checks that a GAN can use the labels.
   *
   * @throws BadInputException if an argument has no effect, or a network is missing
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
    if (!features.isEmpty() && !predicts && !(source() instanceof ClusteredLabels)) {
      throw new BadInputException(
          "⟨features⟩ is for ⟨labels⟩ cluster and ⟨unlabelled⟩ predict; give one of them or leave it out");
    }
    if (supervision.softLabels() && rest == Unlabelled.DROP) {
      throw new BadInputException(
          "⟨softLabels⟩ is for labels that are predicted; add ⟨unlabelled⟩ predict or co-training, or leave it out");
    }
  }

  /** The source. */
  LabelSource source() {
    return LabelSource.of(labels, labelSeed, labelCount, features);
  }

  /** The source for a GAN, in which a feature network may label the images without a label. */
  LabelSource source(SupervisionOptions supervision) {
    LabelSource source = source();
    return supervision.unlabelled() == Unlabelled.PREDICT && source instanceof LabelsAsGiven people
        ? new PredictedLabels(people.given(), Path.of(features), supervision.softLabels())
        : source;
  }

  /** Whether only a share of the images of every folder has a label. */
  public boolean ofShare() {
    return given().filter(ShareLabels.class::isInstance).isPresent();
  }

  /** Whether some images may have no label. */
  public boolean partial() {
    return given().filter(GivenSource::partial).isPresent();
  }

  private Optional<GivenSource> given() {
    return GivenSource.of(labels, labelSeed);
  }
}
