package tsugiki.single;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tsugiki.base.StatelessRandom;

/**
 * Maps of numbers from N(0, 1) of any size, of which any part can be had by itself: the numbers
 * come in blocks of a row that are keyed by stage, row and place. A map is thus the upper left part
 * of every larger one.
 *
 * @param seed of the maps
 * @param purpose what they are for; other purposes have other numbers
 */
record NoiseBlocks(long seed, String purpose) implements PyramidNoise {
  private static final int BLOCK = 64;

  @Override
  public float[] part(int stage, int channels, int top, int left, int height, int width) {
    float[] values = new float[Math.multiplyExact(height * width, channels)];
    IntStream.range(0, height)
        .parallel()
        .forEach(
            y -> {
              for (int block = left / BLOCK; block * BLOCK < left + width; block++) {
                fill(values, stage, channels, top + y, block, left, y * width, width);
              }
            });
    return values;
  }

  private void fill(
      float[] values, int stage, int channels, int row, int block, int left, int line, int width) {
    SplittableRandom random =
        StatelessRandom.of(seed, ((long) stage << 40) + ((long) row << 16) + block, purpose);
    for (int x = block * BLOCK; x < Math.min((block + 1) * BLOCK, left + width); x++) {
      for (int c = 0; c < channels; c++) {
        float value = (float) random.nextGaussian();
        if (x >= left) {
          values[(line + x - left) * channels + c] = value;
        }
      }
    }
  }
}
