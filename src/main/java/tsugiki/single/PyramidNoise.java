package tsugiki.single;

import java.util.function.Function;
import tsugiki.single.PyramidSizes.Size;

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
   * @return [height, width, channels], row-major; not to be written to
   */
  float[] part(int stage, int channels, int top, int left, int height, int width);

  /** Random noise; the same seed gives the same image, and a larger one more of it. */
  static PyramidNoise random(long seed) {
    return new NoiseBlocks(seed, "image");
  }

  /**
   * Noise between two independent draws. It is from N(0, 1) as they are, since the squares of a
   * sine and a cosine add up to 1.
   *
   * @param way from 0, which is {@code from}, to 1, which is {@code to}
   */
  static PyramidNoise between(PyramidNoise from, PyramidNoise to, double way) {
    double ofFrom = Math.cos(way * Math.PI / 2);
    double ofTo = Math.sin(way * Math.PI / 2);
    return (stage, channels, top, left, height, width) -> {
      float[] one = from.part(stage, channels, top, left, height, width);
      float[] other = to.part(stage, channels, top, left, height, width);
      float[] mixed = new float[one.length];
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] = (float) (ofFrom * one[i] + ofTo * other[i]);
      }
      return mixed;
    };
  }

  /**
   * An image for the first stage, and noise for the others.
   *
   * @param first all that the first stage takes [h, w, 3], row-major
   */
  static PyramidNoise of(float[] first, PyramidNoise others) {
    return of(size -> first, others);
  }

  /**
   * The same of an image in any size.
   *
   * @param first all that a first stage of that size takes [h, w, 3], row-major
   */
  static PyramidNoise of(Function<Size, float[]> first, PyramidNoise others) {
    return (stage, channels, top, left, height, width) -> {
      if (stage > 0) {
        return others.part(stage, channels, top, left, height, width);
      }
      float[] whole = first.apply(new Size(height, width));
      if (top != 0 || left != 0 || height * width * channels != whole.length) {
        throw new IllegalArgumentException(
            "the first stage takes %d numbers, and %d were given"
                .formatted(height * width * channels, whole.length));
      }
      return whole;
    };
  }
}
