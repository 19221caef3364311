package tsugiki.cli;

import static tsugiki.cli.GivenFlags.apply;

import picocli.CommandLine.Option;
import tsugiki.gan.WatchOptions;
import tsugiki.labels.FeatureRunOptions;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.train.Intervals;

/** The flags of {@code train} for metrics, samples, checkpoints and scores. */
final class WatchFlags {
  @Option(
      names = "--measure-every",
      paramLabel = "N",
      description =
          "Steps between lines of metrics.jsonl. Default: ${bundle:default.measure-every}.")
  private Long measureEvery;

  @Option(
      names = "--sample-every",
      paramLabel = "N",
      description = "Steps between sample grids. Default: ${bundle:default.sample-every}.")
  private Long sampleEvery;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Steps between checkpoints. Default: ${bundle:default.checkpoint-every}.")
  private Long checkpointEvery;

  @Option(
      names = "--score-network",
      paramLabel = "NAME:WEIGHTS",
      description =
          "Measure KID against the training images on this network's features: "
              + FrozenNetworks.NAMES
              + ". Default: no score.")
  private String scoreNetwork;

  @Option(
      names = "--score-every",
      paramLabel = "N",
      description = "Steps between scores. Default: ${bundle:default.score-every}.")
  private Long scoreEvery;

  @Option(
      names = "--score-images",
      paramLabel = "N",
      description = "Images on either side of a score. Default: ${bundle:default.score-images}.")
  private Integer scoreImages;

  FeatureRunOptions.Watch ofFeatures() {
    FeatureRunOptions.Watch options = FeatureRunOptions.Watch.defaults();
    options = apply(options, measureEvery, FeatureRunOptions.Watch::withMeasureEvery);
    options = apply(options, checkpointEvery, FeatureRunOptions.Watch::withCheckpointEvery);
    options = apply(options, scoreEvery, FeatureRunOptions.Watch::withScoreEvery);
    return apply(options, scoreImages, FeatureRunOptions.Watch::withScoreImages);
  }

  WatchOptions options() {
    Intervals intervals = Intervals.defaults();
    intervals = apply(intervals, measureEvery, Intervals::withMeasureEvery);
    intervals = apply(intervals, sampleEvery, Intervals::withSampleEvery);
    intervals = apply(intervals, checkpointEvery, Intervals::withCheckpointEvery);
    WatchOptions options = WatchOptions.defaults().withIntervals(intervals);
    options = apply(options, scoreNetwork, WatchOptions::withScoreNetwork);
    options = apply(options, scoreEvery, WatchOptions::withScoreEvery);
    return apply(options, scoreImages, WatchOptions::withScoreImages);
  }
}
