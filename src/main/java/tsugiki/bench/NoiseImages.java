package tsugiki.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;

/** Images to time steps on. */
final class NoiseImages {
  private NoiseImages() {}

  /** So many squares of noise, the same every time. */
  static ImageSet of(int count, int size) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(0);
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] rgb = new byte[size * size * RgbImage.CHANNELS];
      random.nextBytes(rgb);
      images.add(new RgbImage("noise-" + i, size, size, rgb));
    }
    return ImageSet.of(images, "noise");
  }
}
