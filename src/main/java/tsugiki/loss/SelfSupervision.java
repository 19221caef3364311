package tsugiki.loss;

import java.util.Locale;

/** A self-supervised task beside a network's own loss. */
public enum SelfSupervision {
  /** Nothing. */
  NONE,
  /** To predict by how many quarter turns an image is rotated (Chen et al. 2019). */
  ROTATION;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
