package tsugiki.features;

import java.util.Random;
import java.util.stream.IntStream;
import tsugiki.score.Draws;

/** Features that tests make up. */
public final class SampleFeatures {
  private SampleFeatures() {}

  /** Rows written out, all of one length. */
  public static Features rows(float[]... rows) {
    int dimensions = rows[0].length;
    float[] values = new float[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * dimensions, dimensions);
    }
    return Features.of("made-up", values, dimensions);
  }

  /** Points on a line. */
  public static Features line(float... values) {
    return Features.of("line", values, 1);
  }

  /** Independent normal numbers of deviation 1 around a shift. */
  public static Features normal(int count, int dimensions, double shift, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (shift + random.nextGaussian());
    }
    return Features.of("normal", values, dimensions);
  }

  /** The same rows in another order. */
  public static Features shuffled(Features features, long seed) {
    return features.select(
        Draws.withoutReplacement(features.count(), features.count(), new Random(seed)));
  }

  /** Rows first to last, last excluded. */
  public static Features slice(Features features, int first, int last) {
    return features.select(IntStream.range(first, last).toArray());
  }
}
