package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;
import tsugiki.loss.SpectrumByHand;

class SpectrumRatioTest {
  private static final int SIDE = 16;
  private static final int COLUMNS = SIDE / 2 + 1;
  private static final int IMAGES = 8;

  @Test
  void equalImagesHaveTheRatioOneAtAllFrequencies() {
    SpectrumRatio.Result result = ratio(waves(SIDE, 20, 3, -5), waves(SIDE, 20, 3, -5));
    assertThat(result.worst()).isEqualTo(1);
    assertThat(result.above()).isZero();
    assertThat(result.real()).isEqualTo(IMAGES);
  }

  /** The images come in pairs, with the wave and with its opposite, so that its power adds up. */
  @Test
  void aWaveStandsOutAtItsFrequencyByItsPower() {
    byte[] real = waves(SIDE, 0, 3, -5);
    SpectrumRatio.Result result = ratio(real, waves(SIDE, 20, 3, -5));
    assertThat(result.at()).containsExactly(-3, 5);
    double amplitude = 20 / 127.5;
    double ofWave = Math.pow(amplitude / 2 * SIDE / 2 * SIDE / 2, 2);
    double ofNoise = byHand(real)[(SIDE - 3) * COLUMNS + 5];
    assertThat(result.worst())
        .isGreaterThan(10)
        .isCloseTo(1 + ofWave / (ofNoise + 1e-4), withinPercentage(2));
  }

  /** By Rec. 601: a wave of one colour has its share of the amplitude, squared of the power. */
  @ParameterizedTest
  @CsvSource({"0, 0.299", "1, 0.587", "2, 0.114"})
  void aWaveOfOneColourStandsOutByItsShareOfTheLuma(int channel, double share) {
    byte[] real = waves(SIDE, 0, 3, -5);
    byte[] coloured = real.clone();
    byte[] wave = waves(SIDE, 90, 3, -5);
    for (int i = channel; i < real.length; i += 3) {
      coloured[i] = wave[i];
    }
    double ofGrey = ratio(real, wave).worst() - 1;
    assertThat(ratio(real, coloured).worst() - 1)
        .isCloseTo(share * share * ofGrey, withinPercentage(2));
  }

  /** Of the disc of frequencies, opposite ones included, by a sum over all pixels. */
  @Test
  void theWorstAndThoseOverThreeAreThoseOfTheDefinition() {
    byte[] real = waves(SIDE, 0, 3, -5);
    byte[] generated = waves(SIDE, 12, 0, 4);
    double[] p = byHand(generated);
    double[] q = byHand(real);
    double worst = 0;
    int above = 0;
    int frequencies = 0;
    for (int d = -8; d < 8; d++) {
      for (int r = -8; r < 8; r++) {
        int k = ((r < 0 ? SIDE - d : SIDE + d) % SIDE) * COLUMNS + Math.abs(r);
        if (Math.hypot(d, r) <= 8) {
          double ratio = (p[k] + 1e-4) / (q[k] + 1e-4);
          worst = Math.max(worst, ratio);
          above += ratio > 3 ? 1 : 0;
          frequencies++;
        }
      }
    }
    assertThat(above).isBetween(2, 20);
    SpectrumRatio.Result result = ratio(real, generated);
    assertThat(result.worst()).isCloseTo(worst, within(1e-9));
    assertThat(result.above()).isEqualTo(above);
    assertThat(result.frequencies()).isEqualTo(frequencies);
    assertThat(result.at()).containsExactly(0, -4);
  }

  /** The window spreads a wave over the next frequencies, which are outside as well. */
  @ParameterizedTest
  @CsvSource({"7, 7", "7, -7", "-7, 7"})
  void frequenciesBeyondTheDiscDoNotCount(int down, int right) {
    SpectrumRatio.Result result = ratio(waves(SIDE, 0, down, right), waves(SIDE, 20, down, right));
    assertThat(result.worst()).isBetween(1.0, 1.5);
    assertThat(result.above()).isZero();
  }

  /** 3,207 places of a grid of 64 lie within 32 of its middle. */
  @ParameterizedTest
  @CsvSource({"64, 3207", "15, 177"})
  void theDiscIsThatOfTheSide(int side, int frequencies) {
    ImageSupply images = ImageSupply.of("some", waves(side, 20, 1, 1), side);
    SpectrumRatio.Result result = SpectrumRatio.of(images, images, done -> {});
    assertThat(result.frequencies()).isEqualTo(frequencies);
    assertThat(result.side()).isEqualTo(side);
  }

  @Test
  void imagesOfAnotherSizeAreOneSentence() {
    ImageSupply some = ImageSupply.of("some", waves(16, 0, 1, 1), 16);
    ImageSupply others = ImageSupply.of("others", waves(15, 0, 1, 1), 15);
    assertThatThrownBy(() -> SpectrumRatio.of(some, others, done -> {}))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "metrics spectrum needs square images of one size, here 16×16, and 'image 0 of others' has 15×15 pixels; bring all to this size, or leave spectrum out");
  }

  private static SpectrumRatio.Result ratio(byte[] real, byte[] generated) {
    int[] done = {0};
    SpectrumRatio.Result result =
        SpectrumRatio.of(
            ImageSupply.of("real", real, SIDE),
            ImageSupply.of("generated", generated, SIDE),
            more -> done[0] += more);
    assertThat(done[0]).isEqualTo(2 * IMAGES);
    return result;
  }

  /** Grey noise in pairs of images, one with a wave of that amplitude and one with its opposite. */
  private static byte[] waves(int side, double amplitude, int down, int right) {
    byte[] pixels = new byte[IMAGES * side * side * 3];
    for (int i = 0; i < IMAGES; i++) {
      Random noise = new Random(i / 2);
      for (int p = 0; p < side * side; p++) {
        double angle = 2 * Math.PI * (down * (p / side) + right * (p % side)) / side;
        double wave = (i % 2 == 0 ? amplitude : -amplitude) * Math.cos(angle);
        byte value = (byte) Math.round(128 + 60 * (noise.nextDouble() - 0.5) + wave);
        for (int c = 0; c < 3; c++) {
          pixels[(i * side * side + p) * 3 + c] = value;
        }
      }
    }
    return pixels;
  }

  private static double[] byHand(byte[] pixels) {
    return SpectrumByHand.power(i -> Byte.toUnsignedInt(pixels[i]) / 127.5 - 1, IMAGES, SIDE, 3);
  }
}
