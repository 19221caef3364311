package tsugiki.cli;

import java.util.Optional;
import tsugiki.cluster.BulkEngine;
import tsugiki.cluster.BulkFeatures;
import tsugiki.cluster.BulkOptions;
import tsugiki.cluster.BulkSession;
import tsugiki.cluster.DrawnImages;
import tsugiki.features.FeaturePipeline;
import tsugiki.runtime.Device;
import tsugiki.score.ScoreInput;
import tsugiki.score.ScoreNetwork;

/** Features that executors compute where the user names a master, and this process elsewhere. */
final class SpreadFeatures implements AutoCloseable {
  private final BulkSession session;
  private final Optional<BulkEngine> engine;
  private final Optional<BulkFeatures> features;

  /**
   * Opens the engine, where a master is named.
   *
   * @param network whose features are computed
   * @param device of the executors
   * @throws tsugiki.base.BadInputException if there are no executors
   */
  SpreadFeatures(BulkOptions options, ScoreNetwork network, Device device) {
    session = new BulkSession(device, options.threads());
    engine = options.given() ? Optional.of(BulkEngine.open(options)) : Optional.empty();
    BulkFeatures.Judge judge =
        new BulkFeatures.Judge(
            network.name(),
            network.tap(),
            network.pipeline().batch(),
            options.taskImages(),
            session);
    features = engine.map(open -> new BulkFeatures(open, judge));
  }

  /** The settings of a pipeline: without its cache where executors read the files. */
  FeaturePipeline.Settings of(FeaturePipeline.Settings here) {
    return features.map(pass -> here.withCache(null).withElsewhere(pass)).orElse(here);
  }

  /** Tells executors how a model draws the images of one truncation. */
  void describe(ScoreInput images, DrawnFlags drawn, double truncation, long seed) {
    features.ifPresent(
        pass ->
            pass.describe(
                images.images().orElseThrow(),
                new DrawnImages(
                    DrawnImages.Model.at(drawn.folder(), session), truncation, drawn.className()),
                seed));
  }

  @Override
  public void close() {
    engine.ifPresent(BulkEngine::close);
  }
}
