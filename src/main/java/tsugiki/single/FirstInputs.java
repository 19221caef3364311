package tsugiki.single;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import tsugiki.base.StatelessRandom;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.model.PyramidNetwork;
import tsugiki.single.PyramidSizes.Size;

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
      return FirstInput.noise(fixedNoise(seed, options.stages().noiseChannels(0), smallest));
    }
    return switch (options.mode()) {
      case PAINT, SUPER_RESOLVE ->
          throw new IllegalArgumentException(options.mode() + " is not ConSinGAN's");
      case GENERATE, RETARGET -> FirstInput.noise(ImagePyramid.floats(smallest));
      case ANIMATE -> FirstInput.noise(fixedNoise(seed, PyramidNetwork.IMAGE_CHANNELS, smallest));
      case HARMONIZE -> {
        ChangedImages images = new ChangedImages(seed, smallest, naive, ImageChanges::recoloured);
        yield new FirstInput(
            ImagePyramid.floats(smallest),
            Optional.of(
                (purpose, number, size) -> ImagePyramid.floats(images.at(purpose, number, size))));
      }
      case EDIT -> {
        ChangedImages images = new ChangedImages(seed, smallest, naive, ImageChanges::rearranged);
        yield new FirstInput(
            noisy(smallest, seed, PyramidTraining.FIXED),
            Optional.of(
                (purpose, number, size) ->
                    noisy(images.at(purpose, number, size), seed, purpose + " " + number)));
      }
    };
  }

  private static float[] fixedNoise(long seed, int channels, RgbImage image) {
    return new NoiseBlocks(seed, PyramidTraining.FIXED)
        .part(0, channels, 0, 0, image.height(), image.width());
  }

  /** The image in another size, changed; or the given one, which is changed already. */
  private record ChangedImages(
      long seed,
      RgbImage image,
      Optional<RgbImage> naive,
      BiFunction<RgbImage, SplittableRandom, RgbImage> change) {
    RgbImage at(String purpose, long number, Size size) {
      RgbImage changed =
          naive.orElseGet(() -> change.apply(image, StatelessRandom.of(seed, number, purpose)));
      return MatlabResizer.resize(changed, size.height(), size.width());
    }
  }

  /**
   * An image with the noise of an edit on it.
   *
   * @param purpose of the noise
   * @return [h, w, 3]
   */
  static float[] noisy(RgbImage image, long seed, String purpose) {
    float[] noisy = ImagePyramid.floats(image);
    float[] noise =
        new NoiseBlocks(seed, purpose)
            .part(0, PyramidNetwork.IMAGE_CHANNELS, 0, 0, image.height(), image.width());
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += EDIT_NOISE * noise[i];
    }
    return noisy;
  }
}
