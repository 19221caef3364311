package tsugiki.single;

import java.util.Arrays;

/** The noise of an image to draw, stage by stage and in parts. */
@FunctionalInterface
public interface PyramidNoise {
  /**
   * A part of the noise of a stage.
   *
   * @param stage from 0
   * @param channels of its noise
   * @param top the first row, counted in the noise with its margin
   * @param left the first column
   * @param height rows
   * @param width columns
   * @return [height, width, channels], row-major
   */
  float[] part(int stage, int channels, int top, int left, int height, int width);

  /** Random noise; the same seed gives the same image, and a larger one more of it. */
  static PyramidNoise random(long seed) {
    return new NoiseBlocks(seed, "image");
  }

  /**
   * An image for the first stage, and noise for the others.
   *
   * @param first all that the first stage takes [h, w, 3], row-major
   */
  static PyramidNoise of(float[] first, PyramidNoise others) {
    return (stage, channels, top, left, height, width) -> {
      if (stage > 0) {
        return others.part(stage, channels, top, left, height, width);
      }
      if (top != 0 || left != 0 || height * width * channels != first.length) {
        throw new IllegalArgumentException(
            "the first stage takes %d numbers, and %d were given"
                .formatted(height * width * channels, first.length));
      }
      return Arrays.copyOf(first, first.length);
    };
  }
}
