package tsugiki.activation;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.gan.ActivatedNetworkOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.graph.ActivationChoice;
import tsugiki.pretrained.FrozenNetworks;

/**
 * Options of {@link ActivationStudy}, as {@code options.json} keeps them. {@link #defaults} has the
 * defaults.
 *
 * @param activations what is compared, each an {@link tsugiki.graph.ActivationChoice} or {@code
 *     own}, the recipe's; differences are to the first
 * @param repeats how often everything is done, with successive seeds
 * @param gan the budget of every GAN; its networks take activations
 * @param judge the network whose features the scores compare
 * @param taps layers of that network, each with its own scores; empty for its usual one
 * @param classifier the network that tells the data's classes, whose coverage is measured; empty
 *     for none
 */
@RecordBuilder
public record ActivationStudyOptions(
    List<String> activations,
    int repeats,
    GanRunOptions gan,
    String judge,
    List<String> taps,
    String classifier)
    implements ActivationStudyOptionsBuilder.With {
  private static final String NONE = "none";
  private static final String OWN = "own";

  /** Checks every value, and writes every activation in its one way. */
  public ActivationStudyOptions {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(judge, "judge");
    Objects.requireNonNull(taps, "taps");
    Objects.requireNonNull(classifier, "classifier");
    Objects.requireNonNull(gan, "gan");
    if (!(gan.network() instanceof ActivatedNetworkOptions networks)) {
      throw new BadInputException(
          "⟨recipe⟩ %s has its activation fixed; give dcgan or dcgan-book".formatted(gan.recipe()));
    }
    activations = activations.stream().map(one -> written(networks, one)).toList();
    if (activations.isEmpty() || Set.copyOf(activations).size() < activations.size()) {
      throw new BadInputException(
          "⟨activations⟩ is " + activations + "; name one or more, each once");
    }
    Checks.repeats(repeats, gan.training().seed());
    judge = NetworkName.absolute(judge);
    if (judge.isEmpty()) {
      throw new BadInputException("⟨judge⟩ is missing; give " + FrozenNetworks.NAMES);
    }
    taps = List.copyOf(taps);
    if (Set.copyOf(taps).size() < taps.size()) {
      throw new BadInputException("⟨taps⟩ is " + taps + "; name each once");
    }
    classifier = classifier.equals(NONE) ? "" : NetworkName.absolute(classifier);
  }

  /**
   * LeakyReLU as the textbook has it, the parametric softsign, and the others, judged by the
   * network of digits.
   *
   * @param gan the budget of every GAN
   */
  public static ActivationStudyOptions defaults(GanRunOptions gan) {
    return new ActivationStudyOptions(
        List.of("lrelu:0.01", "psf", "relu", "prelu", "elu"),
        3,
        gan,
        "digits",
        List.of(),
        "digits");
  }

  /** As the recipe writes it, whose {@code lrelu} has a slope of its own. */
  private static String written(ActivatedNetworkOptions networks, String activation) {
    if (activation.equals(OWN)) {
      return OWN;
    }
    // Read here too, so that the message names the flag.
    ActivationChoice.parse("activations", activation);
    return networks.withActivation(activation).activation();
  }

  /** The options of one training. */
  GanRunOptions gan(String activation, long seed) {
    ActivatedNetworkOptions networks = (ActivatedNetworkOptions) gan.network();
    return gan.withNetwork(networks.withActivation(activation))
        .withTraining(gan.training().withSeed(seed));
  }
}
