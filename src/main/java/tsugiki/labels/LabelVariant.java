package tsugiki.labels;

import java.util.Locale;
import tsugiki.gan.SupervisionOptions;
import tsugiki.gan.Unlabelled;
import tsugiki.loss.SelfSupervision;

/** A variant of Lučić et al. (2019): where labels come from, and how they enter the losses. */
public enum LabelVariant {
  /** One label for all. */
  SINGLE("single", Unlabelled.DROP, false, false),
  /** The same with rotations. */
  SINGLE_SS("single", Unlabelled.DROP, false, true),
  /** One label per image, drawn at random. */
  RANDOM("random", Unlabelled.DROP, false, false),
  /** One label per image, drawn anew in every epoch. */
  RANDOM_EACH_EPOCH("random-each-epoch", Unlabelled.DROP, false, false),
  /** Clusters of the features of a network that saw no label. */
  CLUSTER("cluster", Unlabelled.DROP, false, false),
  /** The same with rotations. */
  CLUSTER_SS("cluster", Unlabelled.DROP, false, true),
  /** Predictions of a network that saw the share of the labels. */
  S2GAN("", Unlabelled.PREDICT, false, false),
  /** The same with probabilities. */
  S2GAN_SOFT("", Unlabelled.PREDICT, true, false),
  /** S²GAN with rotations. */
  S3GAN("", Unlabelled.PREDICT, false, true),
  /** Predictions of a head on the discriminator. */
  S2GAN_CO("", Unlabelled.CO_TRAINING, false, false),
  /** The same with rotations. */
  S3GAN_CO("", Unlabelled.CO_TRAINING, false, true),
  /** The labelled share alone. */
  BIGGAN_K("", Unlabelled.DROP, false, false),
  /** All labels. */
  BIGGAN("all", Unlabelled.DROP, false, false);

  private final String labels;
  private final Unlabelled unlabelled;
  private final boolean soft;
  private final boolean rotations;

  LabelVariant(String labels, Unlabelled unlabelled, boolean soft, boolean rotations) {
    this.labels = labels;
    this.unlabelled = unlabelled;
    this.soft = soft;
    this.rotations = rotations;
  }

  /**
   * The labels that the feature network of this variant learns.
   *
   * @param share the study's share of labels
   * @return as {@link LabelOptions#labels}; empty for a variant without a feature network
   */
  String featureLabels(String share) {
    return this == CLUSTER || this == CLUSTER_SS
        ? "single"
        : unlabelled == Unlabelled.PREDICT ? share : "";
  }

  /**
   * The source of its labels.
   *
   * @param base the study's share of labels
   * @param count of drawn labels and of clusters, 0 for as many as there are folders
   * @param features the feature network's model; empty without
   */
  LabelOptions labels(LabelOptions base, int count, String features) {
    boolean counted = labels.startsWith("random") || labels.equals("cluster");
    return new LabelOptions(
        labels.isEmpty() ? base.labels() : labels, base.labelSeed(), counted ? count : 0, features);
  }

  /** How they enter the losses, with the study's weights. */
  SupervisionOptions supervision(SupervisionOptions base) {
    return base.withUnlabelled(unlabelled)
        .withSoftLabels(soft)
        .withSelfSupervision(rotations ? SelfSupervision.ROTATION : SelfSupervision.NONE);
  }

  /** The name as it is written on the command line, and in tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
