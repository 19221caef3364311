package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.score.Diversity;
import tsugiki.score.Kid;
import tsugiki.train.TrainingLoop;

/**
 * Scores a GAN while it trains: the kernel distance ({@link Kid}) of generated images to training
 * images on a frozen network's features. It compares trainings on the same data.
 */
final class KidProbe implements TrainingLoop.Observer, AutoCloseable {
  /** How the names of all scores begin. */
  static final String NAME = "kid";

  private static final Logger LOG = LoggerFactory.getLogger(KidProbe.class);

  private final GanTraining training;
  private final FrozenNetwork network;
  private final FeaturePipeline pipeline;
  private final int size;
  private final Features real;

  /**
   * Makes it, and takes the training images' features.
   *
   * @param training draws the generated images
   * @param network whose features are compared
   * @param data the training images; the probe draws its own from them
   * @param count images on either side; with fewer training images than this, all of them
   * @param seed which training images
   * @param session the device and the threads of the network
   * @throws tsugiki.base.BadInputException if the network's weights are missing
   */
  KidProbe(
      GanTraining training,
      FrozenNetwork network,
      ImageSet data,
      int count,
      long seed,
      Sessions.Settings session) {
    this.training = training;
    this.network = network;
    pipeline =
        new FeaturePipeline(network, FeaturePipeline.Settings.defaults().withSession(session));
    size = data.size();
    int drawn = Math.min(count, data.count());
    // The first batch of an epoch is a draw without replacement.
    ImageSet some = data.select(new Batches(data, drawn, seed).indices(0));
    real = features("the training images", some.pixels());
  }

  /** The score by its name, and the images' diversity. */
  @Override
  public Map<String, Double> after(long done) {
    long[] labels = training.labels().spread(real.count());
    Features generated = features("the generated images", training.draw(labels, 0));
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(name(), Kid.allSamples(real, generated).value());
    scores.putAll(Diversity.of(real, generated));
    scores.forEach((name, value) -> LOG.info("step {}: {} {}", done, name, value));
    return scores;
  }

  private Features features(String name, byte[] images) {
    return pipeline.compute(ImageSupply.of(name, images, size));
  }

  /** The score's name in {@code metrics.jsonl}. */
  String name() {
    return NAME + "_" + real.dimensions();
  }

  /** How the score is computed, in words. */
  String protocol() {
    return "unbiased MMD² with the kernel (x·y/%d + 1)³, %d generated against as many training images; %s"
        .formatted(real.dimensions(), real.count(), network.protocol());
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
