package tsugiki.single;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;
import tsugiki.model.SpatialNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.score.FrechetDistance;
import tsugiki.score.SpatialPositions;
import tsugiki.study.MeanInterval;

/** How near the samples of one image are to it, and how far from each other. */
final class StageScores implements AutoCloseable {
  /** The root of the mean squared error of the reconstruction, of pixels in [−1, 1]. */
  static final String RMSE = "rmse";

  /**
   * The standard deviation of a pixel's grey value over the samples, mean over the pixels, over the
   * standard deviation of the image's own grey values (Shaham et al. 2019, section 4.1): 0 if all
   * samples are alike. Theirs is over 100 samples, this one over those that are drawn, 16 where
   * nothing else is said.
   */
  static final String DIVERSITY = "diversity";

  /** How the name ends of half the width of a score's 95 % interval over the samples. */
  static final String MARGIN = "_margin";

  private final Optional<SpatialNetwork> network;
  private final Sessions.Settings settings;
  private SpatialPositions positions;

  StageScores(Optional<SpatialNetwork> network, Sessions.Settings settings) {
    this.network = network;
    this.settings = settings;
  }

  /** The names of all scores. */
  List<String> names() {
    return network
        .map(n -> List.of(RMSE, DIVERSITY, n.spatialScore()))
        .orElse(List.of(RMSE, DIVERSITY));
  }

  /**
   * Scores a stage.
   *
   * @param real the image
   * @param reconstruction of the same size
   * @param samples of the same size, at least one
   */
  Map<String, Double> measure(RgbImage real, RgbImage reconstruction, List<RgbImage> samples) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(RMSE, rmse(real, reconstruction));
    scores.put(DIVERSITY, diversity(real, samples));
    if (network.isPresent()
        && Math.min(real.height(), real.width()) >= SpatialPositions.SMALLEST_SIDE) {
      if (positions == null) {
        positions = new SpatialPositions(network.get(), settings);
      }
      MeanInterval distance =
          MeanInterval.of(
              positions.distances(supply(List.of(real)), supply(samples)).stream()
                  .mapToDouble(FrechetDistance.Result::value)
                  .toArray());
      scores.put(network.get().spatialScore(), distance.mean());
      if (distance.count() > 1) {
        scores.put(network.get().spatialScore() + MARGIN, distance.margin());
      }
    }
    return scores;
  }

  static double rmse(RgbImage a, RgbImage b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      double difference = (Byte.toUnsignedInt(a.rgb()[i]) - Byte.toUnsignedInt(b.rgb()[i])) / 127.5;
      sum += difference * difference;
    }
    return Math.sqrt(sum / a.rgb().length);
  }

  static double diversity(RgbImage real, List<RgbImage> samples) {
    int pixels = real.height() * real.width();
    double sum = 0;
    for (int p = 0; p < pixels; p++) {
      int pixel = p;
      sum += deviation(samples.stream().mapToDouble(sample -> grey(sample, pixel)).toArray());
    }
    double[] own = new double[pixels];
    for (int p = 0; p < pixels; p++) {
      own[p] = grey(real, p);
    }
    return sum / pixels / deviation(own);
  }

  private static double grey(RgbImage image, int pixel) {
    int at = pixel * RgbImage.CHANNELS;
    return (Byte.toUnsignedInt(image.rgb()[at])
            + Byte.toUnsignedInt(image.rgb()[at + 1])
            + Byte.toUnsignedInt(image.rgb()[at + 2]))
        / 3.0;
  }

  private static double deviation(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean) / values.length;
    }
    return Math.sqrt(squares);
  }

  private static ImageSupply supply(List<RgbImage> images) {
    return new ImageSupply() {
      @Override
      public int count() {
        return images.size();
      }

      @Override
      public RgbImage read(int index, IntFunction<byte[]> buffers) {
        return images.get(index);
      }

      @Override
      public String describe(int index) {
        return images.get(index).name();
      }
    };
  }

  @Override
  public void close() {
    if (positions != null) {
      positions.close();
    }
  }
}
