package tsugiki.score;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tsugiki.base.Phase;
import tsugiki.data.ImageSource;
import tsugiki.data.ImageSupply;
import tsugiki.features.Arithmetic;
import tsugiki.features.FeatureProtocol;
import tsugiki.features.Features;
import tsugiki.features.SharedPass;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.WeightsFile;
import tsugiki.pretrained.FrozenNetworks;

/** The network of a scoring, opened when it is needed, with one pass for features and classes. */
final class OpenedNetwork implements AutoCloseable {
  private static final String ARGUMENT = "⟨network⟩";
  private static final String PROBABILITIES = "probabilities";

  private final ScoreNetwork chosen;
  private final ScoreProgress progress;
  private FrozenNetwork network;
  private FrozenNetwork classifier;
  private Optional<WeightsFile> weights = Optional.empty();
  private List<FrozenNetwork> passed = List.of();
  private SharedPass pass;

  OpenedNetwork(ScoreNetwork chosen, ScoreProgress progress) {
    this.chosen = chosen;
    this.progress = progress;
  }

  /**
   * The network with the features that are compared.
   *
   * @throws tsugiki.base.BadInputException if there is no such network or layer, or its weights are
   *     not there
   */
  FrozenNetwork network() {
    if (network == null) {
      try (Phase opening = Phase.begin("opening the network " + chosen.name())) {
        network = FrozenNetworks.open(ARGUMENT, chosen.name(), chosen.tap());
      }
      weights = network.weightsFile();
    }
    return network;
  }

  /**
   * The same network with its class probabilities.
   *
   * @throws tsugiki.base.BadInputException if it has none, or lacks their weights
   */
  FrozenNetwork classifier() {
    if (classifier == null) {
      classifier = network().withTap(PROBABILITIES);
    }
    return classifier;
  }

  /**
   * Hands on features of images by one pass.
   *
   * @param consumers by {@link #network} and {@link #classifier}, or one of them
   */
  void stream(ImageSupply images, Map<FrozenNetwork, Consumer<Features>> consumers) {
    if (!passed.containsAll(consumers.keySet())) {
      close();
      Set<FrozenNetwork> all = new LinkedHashSet<>(List.of(network()));
      all.addAll(consumers.keySet());
      Optional.ofNullable(classifier).ifPresent(all::add);
      passed = List.copyOf(all);
      pass = new SharedPass(passed, chosen.pipeline().withProgress(progress::step));
    }
    progress.begin("images", images.count());
    try {
      // The cache knows files, and not parts of their images.
      if (images instanceof ImageSource files && files.whole()) {
        pass.stream(files, consumers);
      } else {
        pass.compute(images, consumers);
      }
    } finally {
      progress.end();
    }
  }

  /**
   * Describes the features of a comparison: the network's, or those of files.
   *
   * @param files how many of the two sides are files
   */
  FeatureProtocol protocol(int files) {
    return switch (files) {
      case 0 -> FeatureProtocol.of(network(), weights);
      case 1 -> FeatureProtocol.of(network(), weights).besideFile();
      default -> FeatureProtocol.ofFiles();
    };
  }

  /** Whether the class probabilities are those of the published Inception network. */
  boolean classesArePublished() {
    return FeatureProtocol.of(classifier(), weights).origin() == FeatureProtocol.Origin.OFFICIAL;
  }

  /** Adds the weights and the arithmetic to a sheet, if the network was needed. */
  void describe(ScoreSheetBuilder sheet) {
    if (network == null) {
      return;
    }
    sheet.protocol("arithmetic", Arithmetic.words(chosen.pipeline().session()));
    Arithmetic.limits(chosen.pipeline().session()).ifPresent(sheet::note);
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("network", chosen.name());
    weights.ifPresent(
        file -> {
          description.put("sha256", file.sha256());
          description.put("published", file.published());
          sheet.protocol(
              "weights",
              "SHA-256 %s, %s"
                  .formatted(
                      file.sha256(),
                      file.published() ? "the published ones" : "not known as published ones"));
        });
    sheet.detail("weights", description);
  }

  @Override
  public void close() {
    if (pass != null) {
      pass.close();
    }
  }
}
