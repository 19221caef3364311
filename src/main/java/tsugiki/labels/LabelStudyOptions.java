package tsugiki.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.LabelOptions;
import tsugiki.pretrained.FrozenNetworks;

/**
 * All that {@code study labels} can be told. Whatever is null takes its default when the record is
 * made.
 *
 * @param variants what is compared; all
 * @param labels a share of the labels, or a file
 * @param labelCount the number of drawn labels and of clusters; 0 takes as many as there are
 *     folders
 * @param shares further shares that feature networks alone are trained with, to see their label
 *     error; none
 * @param repeats how often everything is done, with successive seeds; 3
 * @param gan the budget of every GAN; its own labels are not used
 * @param features the budget of every feature network
 * @param judge the network whose features the table's scores compare; the one that watches the
 *     trainings
 * @param taps layers of that network, each with its own scores; empty for the one that it is known
 *     for
 */
public record LabelStudyOptions(
    List<LabelVariant> variants,
    LabelOptions labels,
    Integer labelCount,
    List<String> shares,
    Integer repeats,
    GanRunOptions gan,
    FeatureTrainingOptions features,
    String judge,
    List<String> taps) {

  /** Fills in the defaults and checks every value. */
  public LabelStudyOptions {
    variants =
        List.copyOf(
            Objects.requireNonNullElseGet(variants, () -> Arrays.asList(LabelVariant.values())));
    shares = List.copyOf(Objects.requireNonNullElse(shares, List.of()));
    labelCount = Objects.requireNonNullElse(labelCount, 0);
    repeats = Objects.requireNonNullElse(repeats, 3);
    Checks.atLeast("repeats", repeats, 1);
    Checks.atLeast("labelCount", labelCount, 0);
    if (variants.isEmpty() || Set.copyOf(variants).size() < variants.size()) {
      throw new BadInputException("⟨variants⟩ is " + variants + "; name one or more, each once");
    }
    if (!labels.partial()) {
      throw new BadInputException(
          "⟨labels⟩ is %s; a study of few labels takes a share such as 10%% or a CSV file"
              .formatted(labels.labels()));
    }
    for (String share : shares) {
      LabelOptions.Source source = new LabelOptions(share, null, null, null).source();
      if (source != LabelOptions.Source.SHARE) {
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
    judge = Objects.requireNonNullElse(judge, gan.watch().scoreNetwork());
  }

  /** Which labels feature networks have to see, each once. */
  List<String> featureLabels() {
    Set<String> all = new LinkedHashSet<>(shares);
    variants.forEach(variant -> all.add(variant.featureLabels(labels.labels())));
    all.add(labels.labels());
    all.remove("");
    return new ArrayList<>(all);
  }

  /** The options of a repetition's feature network. */
  FeatureRunOptions features(String seen, long seed) {
    return new FeatureRunOptions(
        null,
        gan.data(),
        gan.classes(),
        new LabelOptions(seen, labels.labelSeed(), null, null),
        features.withSeed(seed),
        new FeatureRunOptions.Watch(
            gan.watch().intervals().measureEvery(),
            gan.watch().intervals().checkpointEvery(),
            null,
            null),
        gan.execution());
  }

  /**
   * The options of a repetition's GAN.
   *
   * @param network the feature network's model, or null
   */
  GanRunOptions gan(LabelVariant variant, long seed, String network) {
    return gan.with(
        variant.labels(labels, labelCount, network),
        gan.training().with(variant.supervision(gan.training().supervision()), seed));
  }
}
