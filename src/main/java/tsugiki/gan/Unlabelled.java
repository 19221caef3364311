package tsugiki.gan;

import java.util.Locale;

/** What becomes of images without a label, as {@code --unlabelled} names it. */
public enum Unlabelled {
  /** They are left out (BigGAN-k %). */
  DROP,
  /** A feature network that was trained before labels them (S²GAN). */
  PREDICT,
  /** A class head on the discriminator's features labels them during the training (S²GAN-CO). */
  CO_TRAINING;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
