package tsugiki.augment;

import java.util.Locale;
import java.util.Optional;

/** What can be done to images on their way to the discriminator, inside the training graph. */
public enum Augmentation {
  /** {@link DiffAugment.Part#COLOR}, on real and generated images. */
  COLOR,
  /** {@link DiffAugment.Part#TRANSLATION}, on real and generated images. */
  TRANSLATION,
  /** {@link DiffAugment.Part#CUTOUT}, on real and generated images. */
  CUTOUT,
  /** {@link AdaptiveAugment}, on real and generated images, with a probability that adapts. */
  ADA,
  /**
   * Consistency (Zhang et al. 2020): the discriminator's scores of a real image and of its
   * augmented copy are held equal.
   */
  CR,
  /** Balanced consistency (Zhao et al. 2021): the same of real and of generated images. */
  BCR,
  /**
   * Latent consistency (Zhao et al. 2021): scores of images of two close latent vectors are drawn
   * together, and the images pushed apart.
   */
  ZCR,
  /** {@link StaticPolicy#CONTRAST}, on real images alone. */
  CONTRAST,
  /** {@link StaticPolicy#INVERT}, on real images alone. */
  INVERT,
  /** {@link StaticPolicy#HFLIP}, on real images alone. */
  HFLIP,
  /** {@link StaticPolicy#VFLIP}, on real images alone. */
  VFLIP;

  /** The part of {@link DiffAugment} that it is, if it is one. */
  public Optional<DiffAugment.Part> part() {
    return switch (this) {
      case COLOR -> Optional.of(DiffAugment.Part.COLOR);
      case TRANSLATION -> Optional.of(DiffAugment.Part.TRANSLATION);
      case CUTOUT -> Optional.of(DiffAugment.Part.CUTOUT);
      default -> Optional.empty();
    };
  }

  /** The static policy that it is, if it is one. */
  public Optional<StaticPolicy> policy() {
    return switch (this) {
      case CONTRAST -> Optional.of(StaticPolicy.CONTRAST);
      case INVERT -> Optional.of(StaticPolicy.INVERT);
      case HFLIP -> Optional.of(StaticPolicy.HFLIP);
      case VFLIP -> Optional.of(StaticPolicy.VFLIP);
      default -> Optional.empty();
    };
  }

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
