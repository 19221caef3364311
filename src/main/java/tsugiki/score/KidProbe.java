package tsugiki.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tsugiki.base.Checks;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;

/**
 * Scores a generator again and again while it trains: the kernel distance ({@link Kid}) of its
 * images to real ones on a frozen network's features, and their {@link Diversity}. It compares
 * trainings on the same data.
 */
public final class KidProbe implements DrawnMeasure, AutoCloseable {
  /** How the names of all kernel distances begin. */
  public static final String NAME = "kid";

  private final FrozenNetwork network;
  private final FeaturePipeline pipeline;
  private final int size;
  private final int[] chosen;
  private final Features real;
  private Optional<Features> last = Optional.empty();

  /**
   * Makes it, and takes the real images' features.
   *
   * @param network whose features are compared
   * @param data the real images: the training images, or those held out; the probe draws from them
   * @param count images on either side; with fewer real images than this, all of them
   * @param seed which real images
   * @param session the device and the threads of the network
   * @throws tsugiki.base.BadInputException if the network's weights are missing, or memory does not
   *     hold so many images
   */
  public KidProbe(
      FrozenNetwork network, ImageSet data, int count, long seed, Sessions.Settings session) {
    int drawn = Math.min(count, data.count());
    Checks.held("scoreImages", drawn, data.imageLength());
    this.network = network;
    pipeline =
        new FeaturePipeline(network, FeaturePipeline.Settings.defaults().withSession(session));
    size = data.size();
    // The first batch of an epoch is a draw without replacement.
    chosen = new Batches(data, drawn, seed).indices(0);
    try {
      real = pipeline.compute(data.select(chosen));
    } catch (RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }

  @Override
  public int count() {
    return real.count();
  }

  /** The score by its name, and the images' diversity. */
  @Override
  public Map<String, Double> of(byte[] images) {
    Features generated = features(images);
    last = Optional.of(generated);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(name(), Kid.allSamples(real, generated).value());
    scores.putAll(Diversity.of(real, generated));
    return scores;
  }

  /**
   * The features of images.
   *
   * @param images uint8 RGB NHWC, of the size of the real images
   */
  public Features features(byte[] images) {
    return pipeline.compute(ImageSupply.of("the generated images", images, size));
  }

  /** The features of real images. */
  public Features features(ImageSet images) {
    return pipeline.compute(images);
  }

  /** The features of the real images that the generator is compared with. */
  public Features real() {
    return real;
  }

  /** Which real images these are: their numbers among all of them, in the order of the rows. */
  public int[] chosen() {
    return chosen.clone();
  }

  /** The features of the images that were scored last; none before the first score. */
  public Optional<Features> last() {
    return last;
  }

  /** The name of the kernel distance among the scores. */
  public String name() {
    return NAME + "_" + real.dimensions();
  }

  /** A row of a table: the score's name, and how it is computed, in words. */
  public List<String> protocol() {
    return List.of(
        "protocol of " + name(),
        "unbiased MMD² with the kernel (x·y/%d + 1)³, %d generated against as many real images; %s"
            .formatted(real.dimensions(), real.count(), network.protocol()));
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
