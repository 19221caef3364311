package tsugiki.augmentation;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.base.OptionalPath;
import tsugiki.gan.GanRunOptions;
import tsugiki.pretrained.FrozenNetworks;

/**
 * Options of {@link AugmentationStudy}, as {@code options.json} keeps them. {@link #defaults} has
 * the defaults.
 *
 * @param variants what is compared, see {@link StudyVariant}
 * @param images how many of the data's images are trained on, drawn once; 0 takes all
 * @param holdOut a folder or zip of other images, which scores alone see; empty for what {@code
 *     images} leaves of the data. Where that is nothing, scores compare with the training images. A
 *     score compares with as many as {@link GanRunOptions#watch} says, or with all if there are
 *     fewer
 * @param stopAfter the scores over time without a better one after which a training ends; its
 *     generator of the best one is then kept. 0 trains all steps and keeps the last
 * @param copies how many copies the static policies add; 0 adds as many as there are images
 * @param repeats how often everything is done, with successive seeds
 * @param gan the budget of every GAN
 * @param judge the network whose features the scores compare
 * @param taps layers of that network, each with its own scores; empty for its usual one
 * @param classifier the network whose class probabilities the class score is made of
 * @param wanted classes of that network that generated images should be of; empty for none
 * @param compare the folder of a finished study of other data, whose order of the variants is
 *     compared with this one's; empty for none
 */
@RecordBuilder
public record AugmentationStudyOptions(
    List<String> variants,
    int images,
    String holdOut,
    int stopAfter,
    int copies,
    int repeats,
    GanRunOptions gan,
    String judge,
    List<String> taps,
    String classifier,
    List<String> wanted,
    String compare)
    implements AugmentationStudyOptionsBuilder.With {

  private static final List<String> POLICIES =
      List.of(
          "none",
          "contrast",
          "invert",
          "hflip",
          "vflip",
          "generated",
          "contrast+hflip",
          "diffaugment",
          "ada",
          "lecam");

  private static final List<String> TRANSFERS =
      List.of(
          "none",
          "diffaugment",
          "ada",
          "transfer",
          "transfer+diffaugment",
          "transfer+ada",
          "freezed+diffaugment");

  /** Checks every value. */
  public AugmentationStudyOptions {
    Objects.requireNonNull(variants, "variants");
    Objects.requireNonNull(judge, "judge");
    Objects.requireNonNull(taps, "taps");
    Objects.requireNonNull(classifier, "classifier");
    Objects.requireNonNull(wanted, "wanted");
    variants = List.copyOf(variants);
    taps = List.copyOf(taps);
    wanted = List.copyOf(wanted);
    // Studies that were begun before there was a choice have none; all are resumed from anywhere.
    holdOut = OptionalPath.absolute(holdOut);
    compare = OptionalPath.absolute(compare);
    judge = NetworkName.absolute(judge);
    classifier = NetworkName.absolute(classifier);
    Objects.requireNonNull(gan, "gan");
    if (variants.isEmpty() || Set.copyOf(variants).size() < variants.size()) {
      throw new BadInputException("⟨variants⟩ is " + variants + "; name one or more, each once");
    }
    List<StudyVariant> read = variants.stream().map(StudyVariant::of).toList();
    if (read.stream().anyMatch(StudyVariant::drawn) && !variants.contains("none")) {
      throw new BadInputException(
          "⟨variants⟩ has generated images, which the generator of the variant none draws; add none");
    }
    boolean transfers = read.stream().anyMatch(StudyVariant::transfers);
    if (transfers == gan.from().isEmpty()) {
      throw new BadInputException(
          transfers
              ? "⟨variants⟩ has a transfer, which begins with the weights of another training; name it with ⟨from⟩"
              : "⟨from⟩ is for ⟨variants⟩ with transfer or freezed; add one or leave it out");
    }
    refuseFrozenFeatures(variants, gan);
    refuseUnused(read, gan);
    Checks.size("images", images, 0);
    Checks.size("scoreImages", gan.watch().scoreImages(), StudyImages.FEWEST);
    Checks.atLeast("stopAfter", stopAfter, 0);
    if (stopAfter > 0 && gan.watch().scoreNetwork().isEmpty()) {
      throw new BadInputException(
          "⟨stopAfter⟩ counts scores over time; name the network that gives them with ⟨scoreNetwork⟩, such as starter");
    }
    Checks.size("copies", copies, 0);
    Checks.repeats(repeats, gan.training().seed());
    if (judge.isEmpty() || classifier.isEmpty()) {
      throw new BadInputException(
          "⟨%s⟩ is missing; give %s"
              .formatted(judge.isEmpty() ? "judge" : "classifier", FrozenNetworks.NAMES));
    }
    if (Set.copyOf(taps).size() < taps.size()) {
      throw new BadInputException("⟨taps⟩ is " + taps + "; name each once");
    }
  }

  private static void refuseUnused(List<StudyVariant> variants, GanRunOptions gan) {
    if (gan.training().discriminator().freezeD() > 0
        && variants.stream().noneMatch(StudyVariant::freezes)) {
      throw new BadInputException(
          "⟨freezeD⟩ is for ⟨variants⟩ with freezed; add one or leave it out");
    }
    if (gan.training().augmentation().lecam() > 0
        && variants.stream().noneMatch(StudyVariant::regularises)) {
      throw new BadInputException("⟨lecam⟩ is for ⟨variants⟩ with lecam; add one or leave it out");
    }
  }

  private static void refuseFrozenFeatures(List<String> names, GanRunOptions gan) {
    for (String name : names) {
      if (StudyVariant.of(name).freezes() && gan.training().discriminator().projected()) {
        throw new BadInputException(
            "⟨variants⟩ has %s, which freezes layers of ⟨discriminator⟩ own, and a projected one has frozen features as it is; leave it out"
                .formatted(name));
      }
    }
  }

  /**
   * The source's policies, alone and one pair, and what the field does now; with {@link
   * GanRunOptions#from} what helps a transfer, beside the same from nothing. A projected
   * discriminator has no layers to freeze.
   *
   * @param gan the budget of every GAN
   */
  public static AugmentationStudyOptions defaults(GanRunOptions gan) {
    boolean projected = gan.training().discriminator().projected();
    return new AugmentationStudyOptions(
        gan.from().isEmpty()
            ? POLICIES
            : TRANSFERS.stream()
                .filter(name -> !(projected && StudyVariant.of(name).freezes()))
                .toList(),
        1000,
        "",
        0,
        0,
        3,
        gan,
        "starter",
        List.of(),
        "starter",
        List.of(),
        "");
  }

  /** The options of one training. */
  GanRunOptions gan(String variant, long seed) {
    return StudyVariant.of(variant).of(gan, seed);
  }
}
