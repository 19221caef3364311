package tsugiki.single;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import tsugiki.base.StatelessRandom;
import tsugiki.data.FloatImage;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.model.PyramidNetwork;
import tsugiki.single.PyramidSizes.Size;

/** What the first stage of a training takes, by its mode. */
final class FirstInputs {
  /** The factor on the noise that an image to edit has on it. */
  private static final float EDIT_NOISE = 0.1f;

  private FirstInputs() {}

  /**
   * The input of a mode.
   *
   * @param smallest the image of the first stage
   * @param given the image to harmonize or edit, which a fine-tuning trains on; none for random
   *     changes of the training image
   */
  static FirstInput of(SingleOptions options, FloatImage smallest, Optional<RgbImage> given) {
    long seed = options.training().seed();
    Optional<FloatImage> naive =
        given.map(image -> MatlabResizer.exact(image, smallest.height(), smallest.width()));
    if (options.method() == SingleMethod.SINGAN) {
      return FirstInput.noise(fixedNoise(seed, options.stages().noiseChannels(0), smallest));
    }
    return switch (options.mode()) {
      case PAINT, SUPER_RESOLVE ->
          throw new IllegalArgumentException(options.mode() + " is not ConSinGAN's");
      case GENERATE, RETARGET -> FirstInput.noise(smallest.centred());
      case ANIMATE -> FirstInput.noise(fixedNoise(seed, PyramidNetwork.IMAGE_CHANNELS, smallest));
      case HARMONIZE -> {
        ChangedImages images = new ChangedImages(seed, smallest, naive, ImageChanges::recoloured);
        yield new FirstInput(
            smallest.centred(),
            Optional.of((purpose, number, size) -> images.at(purpose, number, size).centred()));
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

  /**
   * What a trained generator takes of an image to harmonize or edit.
   *
   * @param smallest the size of the first stage
   * @param seed of the training
   * @return [h, w, 3]
   */
  static float[] given(SingleMode mode, RgbImage image, Size smallest, long seed) {
    FloatImage first = MatlabResizer.exact(image, smallest.height(), smallest.width());
    return mode == SingleMode.EDIT ? noisy(first, seed, PyramidTraining.FIXED) : first.centred();
  }

  private static float[] fixedNoise(long seed, int channels, FloatImage image) {
    return new NoiseBlocks(seed, PyramidTraining.FIXED)
        .part(0, channels, 0, 0, image.height(), image.width());
  }

  /** The image in another size, changed; or the given one, which is changed already. */
  private record ChangedImages(
      long seed,
      FloatImage image,
      Optional<FloatImage> naive,
      BiFunction<FloatImage, SplittableRandom, FloatImage> change) {
    FloatImage at(String purpose, long number, Size size) {
      FloatImage changed =
          naive.orElseGet(() -> change.apply(image, StatelessRandom.of(seed, number, purpose)));
      return changed.height() == size.height() && changed.width() == size.width()
          ? changed
          : MatlabResizer.exact(changed.bytes(), size.height(), size.width());
    }
  }

  /**
   * An image with the noise of an edit on it.
   *
   * @param purpose of the noise
   * @return [h, w, 3]
   */
  private static float[] noisy(FloatImage image, long seed, String purpose) {
    float[] noisy = image.centred();
    float[] noise =
        new NoiseBlocks(seed, purpose)
            .part(0, PyramidNetwork.IMAGE_CHANNELS, 0, 0, image.height(), image.width());
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += EDIT_NOISE * noise[i];
    }
    return noisy;
  }
}
