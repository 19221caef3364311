package tsugiki.cli;

import java.util.function.IntConsumer;
import picocli.CommandLine.Option;
import tsugiki.base.Checks;
import tsugiki.features.FeatureCache;
import tsugiki.features.FeaturePipeline;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;

/** The flags of every verb that looks at images through a frozen network; a picocli mixin. */
final class NetworkOptions {
  @Option(
      names = "--network",
      paramLabel = "NAME[:WEIGHTS]",
      defaultValue = "starter",
      description =
          "The network: "
              + FrozenNetworks.NAMES
              + "; without its weights, as the verb fetch brought it. Default: ${DEFAULT-VALUE}.")
  private String network;

  @Option(
      names = "--tap",
      paramLabel = "T",
      defaultValue = "",
      description =
          "Which of its layers; of Inception 64, 192, 768, 1280, 2048, logits or probabilities."
              + " Default: what it is known for.")
  private String tap;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Images a run of the network, which changes the speed and not the features. Default:"
              + " ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--no-cache",
      description =
          "Compute all features, even those of the same files and network that were computed before"
              + " and lie in the cache ($TSUGIKI_CACHE, else ~/.cache/tsugiki).")
  private boolean noCache;

  /** Refuses flags that make no sense, before anything is opened. */
  void check() {
    Checks.atLeast("batch", batch, 1);
  }

  /**
   * Opens the network.
   *
   * @param progress is told how many images more are done
   * @throws tsugiki.base.BadInputException if there is no such network or tap
   */
  FeaturePipeline open(IntConsumer progress) {
    return open(FrozenNetworks.open("--network", network, tap), progress);
  }

  /** A pipeline through another network, or another tap of this one, with these flags. */
  FeaturePipeline open(FrozenNetwork other, IntConsumer progress) {
    return new FeaturePipeline(
        other,
        FeaturePipeline.Settings.defaults()
            .withBatch(batch)
            .withCache(noCache ? null : FeatureCache.standard())
            .withProgress(progress));
  }

  /** Which of its layers, as it was named; empty for what it is known for. */
  String tap() {
    return tap;
  }

  /** The network as it was named. */
  String network() {
    return network;
  }
}
