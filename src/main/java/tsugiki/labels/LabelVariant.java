package tsugiki.labels;

import java.util.Locale;
import tsugiki.gan.SupervisionOptions;
import tsugiki.gan.Unlabelled;
import tsugiki.loss.SelfSupervision;

/** A variant of Lučić et al. (2019): where labels come from, and how they enter the losses. */
public enum LabelVariant {
  /** One label for all. */
  SINGLE("single", Unlabelled.DROP, false, SelfSupervision.NONE),
  /** The same with rotations. */
  SINGLE_SS("single", Unlabelled.DROP, false, SelfSupervision.ROTATION),
  /** The same with as many views of the images, but no head that learns from them. */
  SINGLE_VIEWS("single", Unlabelled.DROP, false, SelfSupervision.VIEWS),
  /** One label per image, drawn at random. */
  RANDOM("random", Unlabelled.DROP, false, SelfSupervision.NONE),
  /** One label per image, drawn anew in every epoch. */
  RANDOM_EACH_EPOCH("random-each-epoch", Unlabelled.DROP, false, SelfSupervision.NONE),
  /** Clusters of the features of a network that saw no label. */
  CLUSTER("cluster", Unlabelled.DROP, false, SelfSupervision.NONE),
  /** The same with rotations. */
  CLUSTER_SS("cluster", Unlabelled.DROP, false, SelfSupervision.ROTATION),
  /** Predictions of a network that saw the share of the labels. */
  S2GAN("", Unlabelled.PREDICT, false, SelfSupervision.NONE),
  /** The same with probabilities. */
  S2GAN_SOFT("", Unlabelled.PREDICT, true, SelfSupervision.NONE),
  /** S²GAN with rotations. */
  S3GAN("", Unlabelled.PREDICT, false, SelfSupervision.ROTATION),
  /** S²GAN with as many views of the images as S³GAN has, but no head that learns from them. */
  S2GAN_VIEWS("", Unlabelled.PREDICT, false, SelfSupervision.VIEWS),
  /** Predictions of a head on the discriminator. */
  S2GAN_CO("", Unlabelled.CO_TRAINING, false, SelfSupervision.NONE),
  /** The same with rotations. */
  S3GAN_CO("", Unlabelled.CO_TRAINING, false, SelfSupervision.ROTATION),
  /** The labelled share alone. */
  BIGGAN_K("", Unlabelled.DROP, false, SelfSupervision.NONE),
  /** All labels. */
  BIGGAN("all", Unlabelled.DROP, false, SelfSupervision.NONE);

  private final String labels;
  private final Unlabelled unlabelled;
  private final boolean soft;
  private final SelfSupervision rotations;

  LabelVariant(String labels, Unlabelled unlabelled, boolean soft, SelfSupervision rotations) {
    this.labels = labels;
    this.unlabelled = unlabelled;
    this.soft = soft;
    this.rotations = rotations;
  }

  /** Whether it learns from the study's share of the labels, and so from its size. */
  boolean ofShare() {
    return labels.isEmpty();
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
        ofShare() ? base.labels() : labels, base.labelSeed(), counted ? count : 0, features);
  }

  /** How they enter the losses, with the study's weights. */
  SupervisionOptions supervision(SupervisionOptions base) {
    return base.withUnlabelled(unlabelled).withSoftLabels(soft).withSelfSupervision(rotations);
  }

  /** The name as it is written on the command line, and in tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
