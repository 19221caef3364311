package tsugiki.loss;

import java.util.function.IntToDoubleFunction;

/** The arithmetic of {@link PowerSpectrum}, by the definition. */
public final class SpectrumByHand {
  private SpectrumByHand() {}

  /**
   * The mean power over images and channels.
   *
   * @param pixels by their places in [images, side, side, channels], row-major
   * @return [side, side / 2 + 1], row-major
   */
  public static double[] power(IntToDoubleFunction pixels, int images, int side, int channels) {
    int columns = PowerSpectrum.columns(side);
    double[] power = new double[side * columns];
    for (int image = 0; image < images; image++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int k = 0; k < power.length; k++) {
          double cosines = 0;
          double sines = 0;
          for (int p = 0; p < side * side; p++) {
            int y = p / side;
            int x = p % side;
            double angle = 2 * Math.PI * ((k / columns) * y + (k % columns) * x) / side;
            double pixel = pixels.applyAsDouble((image * side * side + p) * channels + channel);
            pixel *= hann(y, side) * hann(x, side);
            cosines += pixel * Math.cos(angle);
            sines += pixel * Math.sin(angle);
          }
          power[k] += (cosines * cosines + sines * sines) / (images * channels);
        }
      }
    }
    return power;
  }

  private static double hann(int place, int side) {
    return Math.pow(Math.sin(Math.PI * (place + 0.5) / side), 2);
  }
}
