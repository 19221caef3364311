package tsugiki.score;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import tsugiki.features.FeaturePipeline;

/**
 * Names the networks of a scoring; each is opened when a metric needs it.
 *
 * @param name whose features are compared and whose classes are scored, as {@link
 *     tsugiki.pretrained.FrozenNetworks#NAMES} lists them
 * @param tap the layer of the features; empty for the network's usual one
 * @param lpips the network of {@link Metric#LPIPS}
 * @param classNames the classes' names; none for those that the network knows
 * @param pipeline batches, cache and device of all of them
 */
@RecordBuilder
public record ScoreNetwork(
    String name,
    String tap,
    String lpips,
    List<String> classNames,
    FeaturePipeline.Settings pipeline)
    implements ScoreNetworkBuilder.With {
  private static final ScoreNetwork DEFAULTS =
      new ScoreNetwork("starter", "", "lpips", List.of(), FeaturePipeline.Settings.defaults());

  /** The network that ships with the program, on the CPU, without a cache. */
  public static ScoreNetwork defaults() {
    return DEFAULTS;
  }

  /**
   * A network's usual features, on the CPU, without a cache.
   *
   * @param name as {@link tsugiki.pretrained.FrozenNetworks#open(String, String)} finds it, when a
   *     metric needs it
   */
  public static ScoreNetwork named(String name) {
    return new ScoreNetwork(
        name, DEFAULTS.tap, DEFAULTS.lpips, DEFAULTS.classNames, DEFAULTS.pipeline);
  }
}
