package tsugiki.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tsugiki.features.FeatureCache;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.score.ScoreNetwork;

/** The flags of every verb that computes features with a frozen network; a picocli mixin. */
final class NetworkOptions {
  static final RecordFlags<ScoreNetwork> FLAGS =
      RecordFlags.of(ScoreNetwork.defaults())
          .only("name", "tap", "pipeline.batch", "lpips")
          .named("name", "network")
          .named("lpips", "lpips-network");

  @Mixin private final FlagSection network = new FlagSection("network", FLAGS.without("lpips"));

  @Option(
      names = "--no-cache",
      description =
          "Compute all features, even those of the same files and network that were computed before"
              + " and lie in the cache ($TSUGIKI_CACHE, else ~/.cache/tsugiki).")
  private boolean noCache;

  @Mixin private DeviceFlag device;

  /** The settings of the device; see {@link DeviceFlag#settings}. */
  Sessions.Settings device() {
    return device.settings();
  }

  /** The device as the user named it. */
  Device named() {
    return device.device();
  }

  /**
   * The network with its layer, batches and cache, as yet on no device.
   *
   * @throws tsugiki.base.BadInputException if a flag makes no sense, before anything is opened
   */
  ScoreNetwork network(CommandSpec spec) {
    ScoreNetwork named = FLAGS.read(spec);
    return named.withPipeline(named.pipeline().withCache(noCache ? null : FeatureCache.standard()));
  }
}
