package tsugiki.cli;

import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import tsugiki.augment.Augmentation;
import tsugiki.gan.GanOptions;
import tsugiki.gan.SupervisionOptions;

/**
 * Refuses flags that the other flags leave without effect: they would look as if they had been
 * tried.
 */
final class UselessFlags {
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
    refuseUnless(
        supervision.rotation(),
        spec,
        TrainFlags.OF_ROTATION.names(),
        "--self-supervision rotation");
    refuseUnless(
        supervision.turns(),
        spec,
        Set.of("--rotated-share"),
        "--self-supervision rotation or views");
    refuseUnless(
        supervision.coTraining(),
        spec,
        Set.of("--label-weight"),
        "--unlabelled co-training (the network of --features has its own, given where it is trained)");
    refuseUnless(
        supervision.coTraining(), spec, Set.of("--labelled-share"), "--unlabelled co-training");
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
