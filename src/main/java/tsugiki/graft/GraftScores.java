package tsugiki.graft;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.features.FeaturePasses;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.score.Bootstrap;
import tsugiki.score.Kid;
import tsugiki.score.Kmmd;
import tsugiki.score.Memorisation;

/**
 * How near a graft is to its training images: KMMD and KID of truncated samples against them, by
 * every network given, and the mean absolute difference of the reconstructions. Scores against so
 * few images reward copying them; they tell before from after, not good from best.
 */
final class GraftScores implements AutoCloseable {
  private final GraftTraining training;
  private final ImageSet images;
  private final List<FrozenNetwork> networks;
  private final int count;
  private final FeaturePasses passes;
  private final Map<FrozenNetwork, Features> real = new HashMap<>();

  /** The samples that were measured last. */
  private final Map<FrozenNetwork, Measured> last = new LinkedHashMap<>();

  /** The features of samples, and their KMMD. */
  private record Measured(Features samples, Kmmd.Result kmmd) {}

  /**
   * Prepares to score.
   *
   * @param networks to score with
   * @param count samples per score
   */
  GraftScores(
      GraftTraining training,
      ImageSet images,
      List<FrozenNetwork> networks,
      int count,
      Sessions.Settings session) {
    this.training = training;
    this.images = images;
    this.networks = networks;
    this.count = count;
    passes = new FeaturePasses(networks, FeaturePipeline.Settings.defaults().withSession(session));
  }

  /**
   * Measures.
   *
   * @param samples draws so many samples, uint8 NHWC; not called where no network is given
   * @return figures by name: {@code reconstruction_l1} in 0 … 255, and {@code kmmd/NETWORK} and
   *     {@code kid/NETWORK} (KID and KMMD need two training images)
   */
  Map<String, Double> measure(IntFunction<byte[]> samples) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("reconstruction_l1", reconstructionDifference());
    if (images.count() > 1 && !networks.isEmpty()) {
      ImageSupply supply = ImageSupply.of("the samples", samples.apply(count), images.size());
      passes
          .of(supply, networks)
          .forEach(
              (network, generated) -> {
                Kmmd.Result kmmd = Kmmd.of(real(network), generated);
                last.put(network, new Measured(generated, kmmd));
                scores.put(kmmd(network), kmmd.value());
                scores.put(kid(network), Kid.allSamples(real(network), generated).value());
              });
    }
    return scores;
  }

  /** The intervals of what was measured last, by name; none where nothing has one. */
  Map<String, Bootstrap.Interval> intervals() {
    Bootstrap bootstrap = Bootstrap.forPage();
    Map<String, Bootstrap.Interval> intervals = new LinkedHashMap<>();
    last.forEach(
        (network, measured) -> {
          Features photographs = real(network);
          Features samples = measured.samples();
          intervals.put(
              kmmd(network), Kmmd.interval(photographs, samples, measured.kmmd(), bootstrap));
          intervals.put(kid(network), Kid.interval(photographs, samples, bootstrap));
        });
    return intervals;
  }

  private static String kmmd(FrozenNetwork network) {
    return "kmmd/" + network.name();
  }

  private static String kid(FrozenNetwork network) {
    return "kid/" + network.name();
  }

  /**
   * Samples with their nearest training images by the first network, the closest pair first; none
   * without a network or with a single training image.
   *
   * @param samples uint8 NHWC
   */
  List<Memorisation.Pair> closest(byte[] samples) {
    if (images.count() < 2 || networks.isEmpty()) {
      return List.of();
    }
    FrozenNetwork network = networks.get(0);
    ImageSupply supply = ImageSupply.of("the samples", samples, images.size());
    return Memorisation.of(real(network), passes.of(supply, List.of(network)).get(network)).pairs();
  }

  /** The training images' features, which the first score needs. */
  private Features real(FrozenNetwork network) {
    if (real.isEmpty()) {
      real.putAll(passes.of(images, networks));
    }
    return real.get(network);
  }

  /** The features of each network in words. */
  List<String> protocols() {
    return networks.stream().map(network -> network.name() + ": " + network.protocol()).toList();
  }

  /** The mean absolute difference of images and reconstructions, as many at a time as are drawn. */
  private double reconstructionDifference() {
    float[] latents = training.latents();
    int width = training.latent();
    long sum = 0;
    for (int from = 0; from < images.count(); from += GraftTraining.DRAWN_AT_ONCE) {
      int to = Math.min(images.count(), from + GraftTraining.DRAWN_AT_ONCE);
      byte[] drawn = training.draw(Arrays.copyOfRange(latents, from * width, to * width));
      for (int i = from; i < to; i++) {
        sum += difference(images.image(i).rgb(), drawn, (i - from) * images.imageLength());
      }
    }
    return (double) sum / ((long) images.count() * images.imageLength());
  }

  private static long difference(byte[] image, byte[] others, int offset) {
    long sum = 0;
    for (int i = 0; i < image.length; i++) {
      sum += Math.abs((image[i] & 0xff) - (others[offset + i] & 0xff));
    }
    return sum;
  }

  @Override
  public void close() {
    passes.close();
  }
}
