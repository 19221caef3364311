package tsugiki.single;

import java.util.Optional;

/**
 * What the first stage takes: noise, or an image that is changed anew in every step.
 *
 * @param fixed what it takes to reconstruct the image [h, w, 3]
 * @param ofStep what it takes in a step where that is no noise
 */
record FirstInput(float[] fixed, Optional<OfStep> ofStep) {
  /** A changed image by the number of the step. */
  @FunctionalInterface
  interface OfStep {
    /**
     * The image of a step.
     *
     * @param step its number from 0 over all stages
     * @return [h, w, 3] in [−1, 1]
     */
    float[] at(long step);
  }

  /** Noise, and to reconstruct the image the values given. */
  static FirstInput noise(float[] fixed) {
    return new FirstInput(fixed, Optional.empty());
  }
}
