package tsugiki.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import tsugiki.augment.EnlargementPlan;
import tsugiki.augment.StaticPolicy;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;

/** Training images in memory with the copies that static policies add, all of one class. */
final class EnlargedSet {
  /** Images that are drawn at a time: no array holds all of a large set. */
  private static final int PART = 64;

  private static final String CLASS = "all";

  private EnlargedSet() {}

  /**
   * The images and their copies.
   *
   * @param policies none adds nothing
   * @param count copies to add
   * @param generator draws the images of {@link StaticPolicy#GENERATED}; null without that policy
   * @param seed of the plan and of the drawn images
   */
  static ImageSet of(
      ImageSet images,
      List<StaticPolicy> policies,
      int count,
      LoadedGenerator generator,
      long seed) {
    List<RgbImage> all = new ArrayList<>();
    for (int i = 0; i < images.count(); i++) {
      all.add(images.image(i));
    }
    if (policies.isEmpty()) {
      return ImageSet.of(all, CLASS);
    }
    EnlargementPlan plan = new EnlargementPlan(images.count(), policies, seed);
    int drawn = 0;
    for (int number = 0; number < count; number++) {
      EnlargementPlan.Copy copy = plan.copy(number);
      if (copy.policy() == StaticPolicy.GENERATED) {
        drawn++;
      } else {
        all.add(copy.policy().apply(images.image(copy.image()), plan.contrastFactor(number)));
      }
    }
    all.addAll(drawn(generator, drawn, seed));
    return ImageSet.of(all, CLASS);
  }

  private static List<RgbImage> drawn(LoadedGenerator generator, int count, long seed) {
    List<RgbImage> images = new ArrayList<>(count);
    for (int from = 0; from < count; from += PART) {
      byte[] pixels = pixels(generator, Math.min(PART, count - from), seed + from);
      RgbImage.split("generated", generator.height(), generator.width(), pixels)
          .forEach(image -> images.add(image.named("generated " + images.size())));
    }
    return images;
  }

  /**
   * Images of a generator with at most one class, z without truncation.
   *
   * @param seed of the first image
   * @return uint8 NHWC
   */
  static byte[] pixels(LoadedGenerator generator, int count, long seed) {
    float[] z =
        LatentDraws.normal(
            generator.latent(),
            LatentDraws.UNTRUNCATED,
            LongStream.range(seed, seed + count).toArray());
    return generator.images(z, new long[generator.conditional() ? count : 0]);
  }
}
