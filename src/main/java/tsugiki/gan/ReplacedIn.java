package tsugiki.gan;

import java.util.Locale;

/** Which networks an activation replaces the recipe's own in. */
public enum ReplacedIn {
  /** In every hidden layer of both: the layout that replaces most. */
  BOTH,
  /** In the generator alone. */
  GENERATOR,
  /** In the discriminator alone. */
  DISCRIMINATOR;

  /** The generator's activation. */
  String generator(String activation, String own) {
    return this == DISCRIMINATOR ? own : chosen(activation, own);
  }

  /** The discriminator's activation. */
  String discriminator(String activation, String own) {
    return this == GENERATOR ? own : chosen(activation, own);
  }

  private static String chosen(String activation, String own) {
    return activation.equals(DcganOptions.OWN) ? own : activation;
  }

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
