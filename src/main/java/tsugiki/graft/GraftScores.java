package tsugiki.graft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import tsugiki.data.ImageSet;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;
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
  /** Samples per score. */
  static final int SAMPLES = 500;

  private record Judge(FrozenNetwork network, FeaturePipeline pipeline, Features real) {}

  private final GraftTraining training;
  private final ImageSet images;
  private final List<Judge> judges = new ArrayList<>();

  GraftScores(
      GraftTraining training,
      ImageSet images,
      List<FrozenNetwork> networks,
      Sessions.Settings session) {
    this.training = training;
    this.images = images;
    for (FrozenNetwork network : networks) {
      FeaturePipeline pipeline =
          new FeaturePipeline(network, FeaturePipeline.Settings.defaults().withSession(session));
      judges.add(new Judge(network, pipeline, pipeline.compute(reals(images))));
    }
  }

  /** The training images one by one: together they may be more than an array holds. */
  private static ImageSupply reals(ImageSet images) {
    return new ImageSupply() {
      @Override
      public int count() {
        return images.count();
      }

      @Override
      public RgbImage read(int index, IntFunction<byte[]> buffers) {
        byte[] rgb = buffers.apply(images.imageLength());
        System.arraycopy(images.image(index).rgb(), 0, rgb, 0, images.imageLength());
        return new RgbImage(describe(index), images.size(), images.size(), rgb);
      }

      @Override
      public String describe(int index) {
        return "training image " + index;
      }

      @Override
      public String toString() {
        return "the training images";
      }
    };
  }

  /**
   * Measures.
   *
   * @param samples uint8 NHWC
   * @return figures by name: {@code reconstruction_l1} in 0 … 255, and {@code kmmd/NETWORK} and
   *     {@code kid/NETWORK} (KID and KMMD need two training images)
   */
  Map<String, Double> measure(byte[] samples) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("reconstruction_l1", reconstructionDifference());
    for (Judge judge : judges) {
      if (images.count() < 2) {
        continue;
      }
      Features generated =
          judge.pipeline().compute(ImageSupply.of("the samples", samples, images.size()));
      String name = "/" + judge.network().name();
      scores.put("kmmd" + name, Kmmd.of(judge.real(), generated).value());
      scores.put("kid" + name, Kid.allSamples(judge.real(), generated).value());
    }
    return scores;
  }

  /** The features of each network in words. */
  List<String> protocols() {
    return judges.stream()
        .map(judge -> judge.network().name() + ": " + judge.network().protocol())
        .toList();
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
    judges.forEach(judge -> judge.pipeline().close());
  }
}
