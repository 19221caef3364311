package tsugiki.labels;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.SupervisionOptions;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.recognition.FeatureTrainingOptions;
import tsugiki.recognition.LearnedLabels;
import tsugiki.recognition.TeacherOptions;
import tsugiki.train.Intervals;

/**
 * Options of {@link LabelStudy}, as {@code options.json} keeps them.
 *
 * @param variants the variants to compare; all
 * @param labels a share of the labels, or a file; {@code 10%}
 * @param labelCount the number of drawn labels and of clusters; 0 takes the number of folders
 * @param shares further shares of the labels, with which a feature network is trained and every
 *     variant that learns from the share; none
 * @param repeats how often everything is done, with successive seeds; 3
 * @param gan the budget of every GAN
 * @param features the budget of every feature network
 * @param judge the networks whose features the table's scores compare, each with columns of its
 *     own; the one that scores the trainings
 * @param taps layers of these networks, each with its own scores; empty for their usual ones
 */
@RecordBuilder
public record LabelStudyOptions(
    List<LabelVariant> variants,
    LabelOptions labels,
    int labelCount,
    List<String> shares,
    int repeats,
    // Older studies have labels there, which they did not use.
    @JsonIgnoreProperties("labels") GanRunOptions gan,
    FeatureTrainingOptions features,
    // Older studies have one.
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> judge,
    List<String> taps)
    implements LabelStudyOptionsBuilder.With {

  /** Checks every value. Older studies have no judge or taps, which then take their defaults. */
  public LabelStudyOptions {
    Objects.requireNonNull(variants, "variants");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(shares, "shares");
    Objects.requireNonNull(gan, "gan");
    Objects.requireNonNull(features, "features");
    variants = List.copyOf(variants);
    shares = List.copyOf(shares);
    Checks.repeats(repeats, gan.training().seed());
    Checks.size("labelCount", labelCount, 0);
    if (variants.isEmpty() || Set.copyOf(variants).size() < variants.size()) {
      throw new BadInputException("⟨variants⟩ is " + variants + "; name one or more, each once");
    }
    if (!labels.partial()) {
      throw new BadInputException(
          "⟨labels⟩ is %s; a study of few labels takes a share such as 10%% or a CSV file"
              .formatted(labels.labels()));
    }
    for (String share : shares) {
      if (!LabelOptions.of(share).ofShare()) {
        throw new BadInputException(
            "⟨shares⟩ has '" + share + "'; give shares of the labels such as 5%,20%");
      }
    }
    if (gan.watch().scoreNetwork().isEmpty()) {
      throw new BadInputException("⟨scoreNetwork⟩ is missing; give " + FrozenNetworks.NAMES);
    }
    taps = List.copyOf(Objects.requireNonNullElse(taps, List.of()));
    if (Set.copyOf(taps).size() < taps.size()) {
      throw new BadInputException("⟨taps⟩ is " + taps + "; name each once");
    }
    judge =
        judge == null || judge.isEmpty()
            ? List.of(gan.watch().scoreNetwork())
            : judge.stream().map(NetworkName::absolute).toList();
    if (Set.copyOf(judge).size() < judge.size()) {
      throw new BadInputException("⟨judge⟩ is " + judge + "; name each once");
    }
    GanOptions training = gan.training();
    if (variants.stream().noneMatch(variant -> fits(variant, training))) {
      throw new BadInputException(
          "⟨variants⟩ is %s, which learn on the discriminator's own features, and ⟨discriminator⟩ projected has frozen ones; name others, or use ⟨discriminator⟩ own"
              .formatted(variants));
    }
  }

  /**
   * The defaults.
   *
   * @param gan the budget of every GAN
   * @param features the budget of every feature network
   */
  public static LabelStudyOptions defaults(GanRunOptions gan, FeatureTrainingOptions features) {
    return new LabelStudyOptions(
        Arrays.asList(LabelVariant.values()),
        LabelOptions.of("10%"),
        0,
        List.of(),
        3,
        gan,
        features,
        List.of(gan.watch().scoreNetwork()),
        List.of());
  }

  /** The variants that are trained: those whose discriminator can be as the options want it. */
  List<LabelVariant> trained() {
    return variants.stream().filter(variant -> fits(variant, gan.training())).toList();
  }

  /** How labels and rotations enter the losses of the variants that are trained, in their order. */
  public List<SupervisionOptions> supervisions() {
    SupervisionOptions base = gan.training().supervision();
    return trained().stream().map(variant -> variant.supervision(base)).toList();
  }

  /** The variants that are left out, since their heads cannot learn on frozen features. */
  List<LabelVariant> leftOut() {
    return variants.stream().filter(variant -> !fits(variant, gan.training())).toList();
  }

  private static boolean fits(LabelVariant variant, GanOptions training) {
    return !training.discriminator().projected()
        || !variant.supervision(training.supervision()).heads();
  }

  /** Which variants are left out and why, in a sentence; empty where all are trained. */
  String aboutLeftOut() {
    return leftOut().isEmpty()
        ? ""
        : "Left out, since their heads learn on the discriminator's own features and those of a projected one are frozen: %s."
            .formatted(leftOut().stream().map(LabelVariant::toString).collect(joining(", ")));
  }

  /** The further shares, without the study's own. */
  List<String> furtherShares() {
    return shares.stream().distinct().filter(share -> !share.equals(labels.labels())).toList();
  }

  /** The variants that are trained at every further share. */
  List<LabelVariant> ofShares() {
    return trained().stream().filter(LabelVariant::ofShare).toList();
  }

  /** The labels that feature networks learn, each once. */
  List<String> featureLabels() {
    Set<String> all = new LinkedHashSet<>(shares);
    trained().forEach(variant -> all.add(variant.featureLabels(labels.labels())));
    all.add(labels.labels());
    all.remove("");
    return new ArrayList<>(all);
  }

  /**
   * The options of a feature network.
   *
   * @param learned the labels that it learns
   */
  FeatureRunOptions features(String learned, long seed) {
    Intervals intervals = gan.watch().intervals();
    return new FeatureRunOptions(
        gan.data(),
        gan.classes(),
        gan.onBadImage(),
        new LearnedLabels(learned, labels(seed).labelSeed()),
        features.withSeed(seed),
        TeacherOptions.defaults(),
        FeatureRunOptions.Watch.defaults()
            .withMeasureEvery(intervals.measureEvery())
            .withCheckpointEvery(intervals.checkpointEvery())
            .withKeep(intervals.keep()),
        gan.execution(),
        gan.licence());
  }

  /**
   * The options of a GAN.
   *
   * @param share of the labels
   * @param network the feature network's model; empty without
   */
  LabelledGanOptions gan(LabelVariant variant, String share, long seed, String network) {
    GanOptions training = gan.training();
    return new LabelledGanOptions(
        gan.withTraining(
            training.withSupervision(variant.supervision(training.supervision())).withSeed(seed)),
        variant.labels(labels(seed).withLabels(share), labelCount, network));
  }

  /** The labels of a repetition: each draws others. */
  private LabelOptions labels(long seed) {
    return labels.withLabelSeed(labels.labelSeed() + seed - gan.training().seed());
  }
}
