package tsugiki.single;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import tsugiki.base.StatelessRandom;
import tsugiki.data.RgbImage;
import tsugiki.model.PyramidNetwork;

/** What the first stage of a training takes, by its mode. */
final class FirstInputs {
  /** The factor on the noise that an image to edit has on it. */
  static final float EDIT_NOISE = 0.1f;

  private FirstInputs() {}

  /**
   * The input of a mode.
   *
   * @param smallest the image of the first stage
   * @param naive the image to harmonize or edit in the first stage's size, which a fine-tuning
   *     trains on; none for random changes of the training image
   */
  static FirstInput of(SingleOptions options, RgbImage smallest, Optional<RgbImage> naive) {
    long seed = options.training().seed();
    if (options.method() == SingleMethod.SINGAN) {
      int channels = options.stages().noiseChannels(0);
      return FirstInput.noise(
          new NoiseBlocks(seed, PyramidTraining.FIXED)
              .part(0, channels, 0, 0, smallest.height(), smallest.width()));
    }
    return switch (options.mode()) {
      case PAINT, SUPER_RESOLVE ->
          throw new IllegalArgumentException(options.mode() + " is not ConSinGAN's");
      case GENERATE, RETARGET -> FirstInput.noise(ImagePyramid.floats(smallest));
      case ANIMATE -> FirstInput.noise(noise(seed, PyramidTraining.FIXED, smallest));
      case HARMONIZE ->
          new FirstInput(
              ImagePyramid.floats(smallest),
              Optional.of(changed(seed, smallest, naive, ImageChanges::recoloured)));
      case EDIT -> {
        FirstInput.OfStep changed = changed(seed, smallest, naive, ImageChanges::rearranged);
        yield new FirstInput(
            noisy(ImagePyramid.floats(smallest), noise(seed, PyramidTraining.FIXED, smallest)),
            Optional.of(step -> noisy(changed.at(step), noise(seed, "edit " + step, smallest))));
      }
    };
  }

  private static FirstInput.OfStep changed(
      long seed,
      RgbImage smallest,
      Optional<RgbImage> naive,
      BiFunction<RgbImage, SplittableRandom, RgbImage> change) {
    return step ->
        ImagePyramid.floats(
            naive.orElseGet(
                () -> change.apply(smallest, StatelessRandom.of(seed, step, "change"))));
  }

  /** An image with the noise of an edit on it. */
  static float[] noisy(float[] image, float[] noise) {
    float[] noisy = new float[image.length];
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] = image[i] + EDIT_NOISE * noise[i];
    }
    return noisy;
  }

  /** Noise of an image's size. */
  static float[] noise(long seed, String purpose, RgbImage image) {
    return new NoiseBlocks(seed, purpose)
        .part(0, PyramidNetwork.IMAGE_CHANNELS, 0, 0, image.height(), image.width());
  }
}
