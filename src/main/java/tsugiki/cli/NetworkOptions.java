package tsugiki.cli;

import java.util.function.IntConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tsugiki.base.Checks;
import tsugiki.features.FeatureCache;
import tsugiki.features.FeaturePipeline;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.Sessions;
import tsugiki.score.ScoreNetwork;

/** The flags of every verb that computes features with a frozen network; a picocli mixin. */
final class NetworkOptions {
  @Option(
      names = "--network",
      paramLabel = "NAME[:WEIGHTS]",
      description =
          "The network: "
              + FrozenNetworks.NAMES
              + "; without its weights, as the verb fetch brought it. Default: ${DEFAULT-VALUE}.")
  private String network = ScoreNetwork.defaults().name();

  @Option(
      names = "--tap",
      paramLabel = "T",
      description =
          "Which of its layers; of Inception 64, 192, 768, 1280, 2048, logits or probabilities."
              + " Default: the layer that its scores are defined by.")
  private String tap = ScoreNetwork.defaults().tap();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Images per run of the network, which changes the speed and not the features. Default:"
              + " ${DEFAULT-VALUE}.")
  private int batch = FeaturePipeline.Settings.defaults().batch();

  @Option(
      names = "--no-cache",
      description =
          "Compute all features, even those of the same files and network that were computed before"
              + " and lie in the cache ($TSUGIKI_CACHE, else ~/.cache/tsugiki).")
  private boolean noCache;

  @Mixin private DeviceFlag device;

  /** Refuses flags that make no sense, before anything is opened. */
  void check() {
    Checks.atLeast("batch", batch, 1);
  }

  /**
   * Finds the network.
   *
   * @throws tsugiki.base.BadInputException if there is no such network or tap
   */
  FrozenNetwork open() {
    return FrozenNetworks.open("⟨network⟩", network, tap);
  }

  /** The name of the network as it was given. */
  String network() {
    return network;
  }

  /** The settings of the device; see {@link DeviceFlag#settings}. */
  Sessions.Settings device() {
    return device.settings();
  }

  /**
   * Batches, cache and device.
   *
   * @param session {@link #device}
   * @param progress is called with the number of further images that are done
   */
  FeaturePipeline.Settings pipeline(Sessions.Settings session, IntConsumer progress) {
    return FeaturePipeline.Settings.defaults()
        .withBatch(batch)
        .withCache(noCache ? null : FeatureCache.standard())
        .withSession(session)
        .withProgress(progress);
  }

  /** The network of a scoring. */
  ScoreNetwork forScores(Sessions.Settings session) {
    return ScoreNetwork.named(network).withTap(tap).withPipeline(pipeline(session, done -> {}));
  }
}
