package tsugiki.loss;

import java.util.Locale;

/** What rotated images are for, beside a network's own loss. */
public enum SelfSupervision {
  /** Nothing. */
  NONE,
  /** To predict by how many quarter turns an image is rotated (Chen et al. 2019). */
  ROTATION,
  /**
   * No task, in a GAN alone: the images that {@link #ROTATION} would turn are further real and
   * generated images at all four angles. What the task adds is its distance to this.
   */
  VIEWS;

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
