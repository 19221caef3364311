package tsugiki.graft;

import java.util.Locale;

/** Where the class vector starts. */
public enum ClassStart {
  /** At the mean of the rootstock's class vectors. */
  MEAN,
  /** At the class whose images are nearest to the training images. */
  NEAREST,
  /** At the mixture of classes whose images are nearest to them on average. */
  COMBINATION;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
