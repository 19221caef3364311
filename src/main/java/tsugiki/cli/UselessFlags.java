package tsugiki.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import tsugiki.augment.Augmentation;
import tsugiki.gan.GanOptions;
import tsugiki.gan.SupervisionOptions;
import tsugiki.labels.LabelStudyOptions;

/**
 * Refuses flags that the other flags leave without effect: they would look as if they had been
 * tried.
 */
final class UselessFlags {
  /** What the flags of labels and rotations need, in words. */
  private record Needed(String rotation, String turns, String coTraining, String notOfFeatures) {
    static final Needed OF_TRAIN =
        new Needed(
            "--self-supervision rotation",
            "--self-supervision rotation or views",
            "--unlabelled co-training",
            " (the network of --features has its own, given where it is trained)");
    static final Needed OF_STUDY =
        new Needed(
            "a variant of --variants with rotations, such as s3gan",
            "a variant of --variants with rotations or views, such as s3gan",
            "a variant of --variants with co-training, such as s2gan-co",
            " (--feature-label-weight is that of the feature networks)");
  }

  private UselessFlags() {}

  /**
   * The flags of loss and discriminator.
   *
   * @throws tsugiki.base.BadInputException naming those that were given
   */
  static void refuse(CommandSpec spec, GanOptions training) {
    refuseUnless(
        training.loss().penalised(), spec, Set.of("--gradient-penalty"), "--loss wasserstein-gp");
    refuseUnless(
        training.discriminator().projected(),
        spec,
        Set.of("--projector-side", "--projection-width"),
        "--discriminator projected");
  }

  /** The flags of augmentations. */
  static void refuseAugmentation(CommandSpec spec, GanOptions training) {
    Set<Augmentation> augment = training.augment();
    TrainFlags.OF_AUGMENTATION.forEach(
        (one, flags) ->
            refuseUnless(augment.contains(one), spec, flags.names(), "--augment " + one));
    refuseUnless(
        augment.contains(Augmentation.CR) || augment.contains(Augmentation.BCR),
        spec,
        Set.of("--consistency-weight"),
        "--augment cr or bcr");
  }

  /** The flags of labels and rotations. */
  static void refuseSupervision(CommandSpec spec, SupervisionOptions supervision) {
    refuseSupervision(spec, List.of(supervision), Needed.OF_TRAIN);
  }

  /** The same of a study, whose variants decide how labels and rotations enter. */
  static void refuseSupervision(CommandSpec spec, LabelStudyOptions study) {
    refuseSupervision(spec, study.supervisions(), Needed.OF_STUDY);
  }

  private static void refuseSupervision(
      CommandSpec spec, List<SupervisionOptions> all, Needed needed) {
    refuseUnless(
        all.stream().anyMatch(SupervisionOptions::rotation),
        spec,
        TrainFlags.OF_ROTATION.names(),
        needed.rotation);
    refuseUnless(
        all.stream().anyMatch(SupervisionOptions::turns),
        spec,
        Set.of("--rotated-share"),
        needed.turns);
    boolean coTrains = all.stream().anyMatch(SupervisionOptions::coTraining);
    refuseUnless(
        coTrains, spec, Set.of("--label-weight"), needed.coTraining + needed.notOfFeatures);
    refuseUnless(coTrains, spec, Set.of("--labelled-share"), needed.coTraining);
  }

  /**
   * Some flags.
   *
   * @param useful whether they have an effect
   * @param needed what they need, in words
   */
  static void refuseUnless(boolean useful, CommandSpec spec, Set<String> flags, String needed) {
    if (!useful) {
      GivenFlags.refuse(spec, flags, "%s needs " + needed + "; add it or leave the flag out");
    }
  }
}
