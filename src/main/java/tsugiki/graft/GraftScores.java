package tsugiki.graft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.score.Kid;
import tsugiki.score.Kmmd;

/**
 * How near a graft is to its training images: KMMD and KID of {@link #SAMPLES} truncated samples
 * against them, by every network given, and the mean absolute difference of the reconstructions.
 * Scores against so few images reward copying them; they tell before from after, not good from
 * best.
 */
final class GraftScores implements AutoCloseable {
  /** Samples a score is taken over. */
  static final int SAMPLES = 500;

  private record Judge(FrozenNetwork network, FeaturePipeline pipeline, Features real) {}

  private final ImageSet images;
  private final byte[] pixels;
  private final List<Judge> judges = new ArrayList<>();

  GraftScores(ImageSet images, List<FrozenNetwork> networks, Sessions.Settings session) {
    this.images = images;
    this.pixels = images.pixels();
    for (FrozenNetwork network : networks) {
      FeaturePipeline pipeline =
          new FeaturePipeline(network, FeaturePipeline.Settings.defaults().withSession(session));
      Features real = pipeline.compute(supply("the training images", pixels));
      judges.add(new Judge(network, pipeline, real));
    }
  }

  private ImageSupply supply(String name, byte[] all) {
    return ImageSupply.of(name, all, images.size());
  }

  /**
   * Measures.
   *
   * @param samples uint8 NHWC
   * @param reconstructions uint8 NHWC, in the order of the training images
   * @return figures by name: {@code reconstruction_l1} in 0 … 255, and {@code kmmd/NETWORK} and
   *     {@code kid/NETWORK} (KID and KMMD need two training images)
   */
  Map<String, Double> measure(byte[] samples, byte[] reconstructions) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("reconstruction_l1", meanAbsoluteDifference(pixels, reconstructions));
    for (Judge judge : judges) {
      if (images.count() < 2) {
        continue;
      }
      Features generated = judge.pipeline().compute(supply("the samples", samples));
      String name = "/" + judge.network().name();
      scores.put("kmmd" + name, Kmmd.of(judge.real(), generated).value());
      scores.put("kid" + name, Kid.allSamples(judge.real(), generated).value());
    }
    return scores;
  }

  /** What the features of each network are. */
  List<String> protocols() {
    return judges.stream()
        .map(judge -> judge.network().name() + ": " + judge.network().protocol())
        .toList();
  }

  private static double meanAbsoluteDifference(byte[] a, byte[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
    }
    return (double) sum / a.length;
  }

  @Override
  public void close() {
    judges.forEach(judge -> judge.pipeline().close());
  }
}
