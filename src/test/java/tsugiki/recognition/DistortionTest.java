package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often an image is distorted, and into what. */
class DistortionTest {
  private static final int DRAWS = 5_000;
  private static final int SIDE = 16;

  /** What shifts and holes leave. */
  private static final int GREY = 128;

  /** The share of the images that may have more than a crop, a mirroring and a mixture. */
  private static final double SOME = 0.67;

  private static final byte[] LIGHT = plain(200, 200, 200);
  private static final Supplier<IntStream> SIDES = () -> IntStream.range(0, SIDE);
  private static final Supplier<IntStream> PIXELS = () -> IntStream.range(0, SIDE * SIDE);

  private static byte[] plain(int... rgb) {
    byte[] image = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) rgb[i % 3];
    }
    return image;
  }

  private static byte[] noise(long seed) {
    byte[] image = plain(0, 0, 0);
    new SplittableRandom(seed).nextBytes(image);
    return image;
  }

  private static int[] samples(byte[] image) {
    return IntStream.range(0, image.length).map(i -> Byte.toUnsignedInt(image[i])).toArray();
  }

  /** The share of an image's views for which something holds. */
  private static double share(byte[] image, byte[] other, Predicate<int[]> holds) {
    SplittableRandom random = new SplittableRandom(5);
    int count = 0;
    for (int i = 0; i < DRAWS; i++) {
      count += holds.test(samples(Distortion.of(image, other, SIDE, random))) ? 1 : 0;
    }
    return (double) count / DRAWS;
  }

  private static void isShare(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(0.02));
  }

  private static double share(byte[] image, Predicate<int[]> holds) {
    return share(image, image, holds);
  }

  /** Noise and waves go beyond white and black; values that ran over would be their opposites. */
  @Test
  void whatLeavesTheRangeStaysAtItsEnd() {
    assertThat(share(plain(255, 255, 255), view -> mean(view) < GREY)).isZero();
    assertThat(share(plain(0, 0, 0), view -> mean(view) > GREY)).isZero();
  }

  private static double mean(int[] view) {
    return Arrays.stream(view).average().orElseThrow();
  }

  /** Of the 25 shifts by up to two pixels each way one is none. */
  @Test
  void aQuarterOfTheDistortedIsShifted() {
    isShare(share(LIGHT, view -> bareRows(view) + bareColumns(view) > 0), SOME * 0.25 * 24 / 25);
  }

  @Test
  void aFifthOfTheDistortedHasAHole() {
    // Beside what a shift has left bare.
    isShare(
        share(
            LIGHT,
            view -> {
              int rows = bareRows(view);
              int columns = bareColumns(view);
              long grey = PIXELS.get().filter(pixel -> isGrey(view, pixel)).count();
              return grey > (long) SIDE * (rows + columns) - (long) rows * columns;
            }),
        SOME * 0.2);
  }

  private static boolean isGrey(int[] view, int pixel) {
    return view[3 * pixel] == GREY && view[3 * pixel + 1] == GREY && view[3 * pixel + 2] == GREY;
  }

  /** Rows that are grey from end to end, which no hole makes them. */
  private static int bareRows(int[] view) {
    return (int)
        SIDES.get().filter(r -> SIDES.get().allMatch(c -> isGrey(view, r * SIDE + c))).count();
  }

  private static int bareColumns(int[] view) {
    return (int)
        SIDES.get().filter(c -> SIDES.get().allMatch(r -> isGrey(view, r * SIDE + c))).count();
  }

  /** Noise alone tells the channels of a grey image apart, and waves alone bend it evenly. */
  @Test
  void noiseWavesAndColoursComeInTheirShares() {
    isShare(share(LIGHT, view -> !even(view)), SOME * 0.2);
    isShare(share(LIGHT, view -> even(view) && levels(view) > 1), SOME * 0.1 * 0.8);
    // One brightness of 64 is none.
    isShare(
        share(LIGHT, view -> levels(view) == 1 && level(view) != 200),
        SOME * 0.4 * 0.9 * 0.8 * 63 / 64);
  }

  private static boolean even(int[] view) {
    return PIXELS
        .get()
        .allMatch(p -> view[3 * p] == view[3 * p + 1] && view[3 * p] == view[3 * p + 2]);
  }

  /** How many values there are beside that of shifts and holes. */
  private static long levels(int[] view) {
    return Arrays.stream(view).filter(value -> value != GREY).distinct().limit(2).count();
  }

  private static int level(int[] view) {
    return Arrays.stream(view).filter(value -> value != GREY).findFirst().orElseThrow();
  }

  /** The other image is blue, which takes more from red than noise and colours do. */
  @Test
  void aTenthIsMixedWithAnotherImage() {
    double mixed =
        share(
            LIGHT,
            plain(0, 0, 200),
            view ->
                PIXELS.get().mapToDouble(p -> view[3 * p + 2] - view[3 * p]).average().orElse(0)
                    > 7);
    isShare(mixed, 0.1);
  }

  /** Neither cropped nor anything else but mirrored, which is half of them. */
  @Test
  void anEighthOrSoStaysAsItIsOrIsMirrored() {
    byte[] image = noise(2);
    int[] own = samples(image);
    int[] mirrored = new int[own.length];
    Arrays.setAll(mirrored, i -> own[i - i % (3 * SIDE) + 3 * (SIDE - 1 - i / 3 % SIDE) + i % 3]);
    double none = (1 - SOME) + SOME * 0.6 * 0.9 * 0.9 * 0.8 * 0.6 * (0.75 + 0.25 / 25) * 0.8;
    int[] mirrors = {0};
    double same =
        share(
            image,
            noise(3),
            view -> {
              boolean other = Arrays.equals(view, mirrored);
              mirrors[0] += other ? 1 : 0;
              return other || Arrays.equals(view, own);
            });
    assertThat(same).isCloseTo(0.3 * 0.9 * none, within(0.015));
    assertThat(mirrors[0] / same / DRAWS).isCloseTo(0.5, within(0.1));
  }
}
