package tsugiki.score;

import java.util.Map;

/** A measurement that is taken again and again of what a generator draws while it trains. */
public interface DrawnMeasure {
  /** The number of images that it takes. */
  int count();

  /**
   * Measures images.
   *
   * @param images uint8 RGB NHWC, {@link #count} of them, of the same latent vectors every time
   * @return finite numbers by name
   */
  Map<String, Double> of(byte[] images);
}
