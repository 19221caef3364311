package tsugiki.gan;

import java.util.Locale;

/** What becomes of images without a label. */
public enum Unlabelled {
  /** They are left out of the training images (BigGAN-k %). */
  DROP,
  /** They get a label before the training begins (S²GAN). */
  PREDICT,
  /** The class head of the discriminator labels them during the training (S²GAN-CO). */
  CO_TRAINING;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
