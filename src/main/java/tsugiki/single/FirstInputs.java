package tsugiki.single;

import tsugiki.data.RgbImage;
import tsugiki.model.PyramidGenerator;

/** What the first stage of a training takes, by its mode. */
final class FirstInputs {
  private FirstInputs() {}

  /**
   * The input of a mode.
   *
   * @param smallest the image of the first stage
   */
  static FirstInput of(SingleOptions options, RgbImage smallest) {
    long seed = options.training().seed();
    return switch (options.mode()) {
      case GENERATE, RETARGET -> FirstInput.noise(ImagePyramid.floats(smallest));
      case ANIMATE ->
          FirstInput.noise(
              new NoiseBlocks(seed, PyramidTraining.FIXED)
                  .part(
                      0,
                      PyramidGenerator.IMAGE_CHANNELS,
                      0,
                      0,
                      smallest.height(),
                      smallest.width()));
      case HARMONIZE, EDIT -> throw new UnsupportedOperationException(options.mode().toString());
    };
  }
}
