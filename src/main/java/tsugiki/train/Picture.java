package tsugiki.train;

import java.awt.image.BufferedImage;

/**
 * A picture of a training at one step, for TensorBoard.
 *
 * @param name its tag, the same at every step
 * @param image the picture
 * @param kept whether the run directory gets it too, as {@code NAME-STEP.png}
 */
public record Picture(String name, BufferedImage image, boolean kept) {
  /** A picture for TensorBoard alone. */
  public static Picture shown(String name, BufferedImage image) {
    return new Picture(name, image, false);
  }

  /** A picture for TensorBoard and the run directory. */
  public static Picture kept(String name, BufferedImage image) {
    return new Picture(name, image, true);
  }
}
