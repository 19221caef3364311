package tsugiki.single;

import java.util.Optional;
import tsugiki.single.PyramidSizes.Size;

/**
 * What the first stage takes: noise, or an image that is changed anew in every step.
 *
 * @param fixed what it takes to reconstruct the image [h, w, 3]
 * @param changed what it takes otherwise where that is no noise
 */
record FirstInput(float[] fixed, Optional<Changed> changed) {
  /** The purpose of the changes of a step, whose number is that over all stages. */
  static final String STEP = "change";

  /** The purpose of the changes of a random image, whose number is its seed. */
  private static final String SAMPLE = "sample";

  /** Images that are changed at random. */
  @FunctionalInterface
  interface Changed {
    /**
     * One of them.
     *
     * @param purpose of the randomness
     * @param number among those of the purpose
     * @param size to which the changed image is brought
     * @return [h, w, 3], an image in [−1, 1] with or without noise on it
     */
    float[] at(String purpose, long number, Size size);
  }

  /** Noise, and to reconstruct the image the values given. */
  static FirstInput noise(float[] fixed) {
    return new FirstInput(fixed, Optional.empty());
  }

  /** What a random image is drawn from. The same seed gives the same image. */
  PyramidNoise random(long seed) {
    PyramidNoise noise = PyramidNoise.random(seed);
    return changed
        .map(images -> PyramidNoise.of(size -> images.at(SAMPLE, seed, size), noise))
        .orElse(noise);
  }

  /**
   * What is between two random images.
   *
   * @param way from 0, which is {@code from}, to 1, which is {@code to}
   */
  PyramidNoise between(long from, long to, double way) {
    PyramidNoise noise =
        PyramidNoise.between(PyramidNoise.random(from), PyramidNoise.random(to), way);
    return changed
        .map(
            images ->
                PyramidNoise.of(
                    size -> mixed(images.at(SAMPLE, from, size), images.at(SAMPLE, to, size), way),
                    noise))
        .orElse(noise);
  }

  /** Images are mixed by shares that add up to 1, so that they get no brighter on the way. */
  private static float[] mixed(float[] from, float[] to, double way) {
    float[] mixed = new float[from.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (float) ((1 - way) * from[i] + way * to[i]);
    }
    return mixed;
  }
}
