package tsugiki.graft;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.score.Kid;
import tsugiki.score.Memorisation;

/**
 * Judges moments of a finish by samples, on the features of a network that no loss uses. The less a
 * moment costs the better it is: its cost is the KID to images that the training has not seen.
 * Where there are too few images to hold some out, it is the KID to the training images, which
 * rewards copying them; there a moment whose samples are nearer to the training images than nine
 * tenths of what these are to each other costs more than every other.
 */
final class FinishJudge implements AutoCloseable {
  /** Samples per judgement. */
  static final int SAMPLES = 100;

  /** What the KID is called among metrics. */
  static final String KID = "finish_kid";

  /** What the distance to the training images is called among metrics. */
  static final String DISTANCE = "finish_distance";

  /** The least distance of samples that are no copies, over that of the training images. */
  private static final double LEAST_DISTANCE = 0.9;

  /** Above every KID. */
  private static final double COPIED = 1e3;

  /**
   * A judgement.
   *
   * @param measured KID and distance by name
   * @param cost the less the better
   */
  record Verdict(Map<String, Double> measured, double cost) {}

  private final FeaturePipeline pipeline;
  private final Features training;
  private final Optional<Features> heldOut;
  private final int size;

  /**
   * Makes it, and takes the real images' features.
   *
   * @param network that no loss uses
   * @param images the training images, at least two
   * @param unseen images that the training has not seen, at least two, where there are any
   */
  FinishJudge(
      FrozenNetwork network,
      ImageSet images,
      Optional<ImageSet> unseen,
      Sessions.Settings session) {
    pipeline =
        new FeaturePipeline(network, FeaturePipeline.Settings.defaults().withSession(session));
    training = pipeline.compute(images);
    heldOut = unseen.map(pipeline::compute);
    size = images.size();
  }

  /**
   * Judges.
   *
   * @param samples uint8 NHWC, {@link #SAMPLES} of them
   */
  Verdict of(byte[] samples) {
    Features generated = pipeline.compute(ImageSupply.of("the samples", samples, size));
    double kid = Kid.allSamples(heldOut.orElse(training), generated).value();
    double distance = Memorisation.distance(training, generated);
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put(KID, kid);
    measured.put(DISTANCE, distance);
    return new Verdict(measured, cost(kid, distance, heldOut.isPresent()));
  }

  /** What a moment costs by what was measured; empty where it was not judged. */
  Optional<Double> cost(Map<String, Double> measured) {
    return measured.containsKey(KID) && measured.containsKey(DISTANCE)
        ? Optional.of(cost(measured.get(KID), measured.get(DISTANCE), heldOut.isPresent()))
        : Optional.empty();
  }

  /** What a moment costs. */
  static double cost(double kid, double distance, boolean unseen) {
    return unseen || distance >= LEAST_DISTANCE ? kid : COPIED - distance;
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
