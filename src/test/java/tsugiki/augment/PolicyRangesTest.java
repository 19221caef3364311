package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often the static policies and the augmentation of consistency change images, and how far, in
 * so many images that the ends of every range are met.
 */
class PolicyRangesTest {
  private static final int IMAGES = 4_000;

  /** What a share among so many images may be off by, more than three standard deviations. */
  private static final double NOISE = 0.03;

  @Test
  void halfOfTheImagesStayAndPoliciesShareTheOthers() {
    int side = 4;
    float[] noise = new float[side * side * 3];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextBoolean() ? 1 : -1;
    }
    float[] negative = noise.clone();
    for (int i = 0; i < noise.length; i++) {
      negative[i] = -noise[i];
    }
    float[] mirrored = moved(noise, pixel -> pixel / side * side + side - 1 - pixel % side);
    float[] upsideDown = moved(noise, pixel -> (side - 1 - pixel / side) * side + pixel % side);
    float[] made = statically(noise, StaticPolicy.INVERT, StaticPolicy.HFLIP, StaticPolicy.VFLIP);
    assertThat(share(made, noise)).isCloseTo(0.5, within(NOISE));
    double changed = 0;
    for (float[] image : List.of(negative, mirrored, upsideDown)) {
      assertThat(share(made, image)).isCloseTo(1 / 6.0, within(NOISE));
      changed += share(made, image);
    }
    assertThat(share(made, noise) + changed).isCloseTo(1, within(1e-9));
  }

  @Test
  void factorsOfContrastFillBothIntervals() {
    // Halves 0.2 to either side of the mean, which no factor up to 2 takes out of the range.
    float[] made = statically(halves(0.1f, 0.5f), StaticPolicy.CONTRAST);
    double[] factors = new double[IMAGES];
    for (int n = 0; n < IMAGES; n++) {
      float dark = made[n * 12];
      float bright = made[n * 12 + 11];
      assertThat((dark + bright) / 2).isCloseTo(0.3f, within(1e-6f));
      factors[n] = (bright - dark) / 0.4;
    }
    double[] lower = Arrays.stream(factors).filter(factor -> factor < 0.9).toArray();
    double[] higher = Arrays.stream(factors).filter(factor -> factor > 1.1).toArray();
    ManyImages.fills(lower, 0.5, 0.8);
    ManyImages.fills(higher, 1.25, 2);
    assertThat((double) lower.length / IMAGES).isCloseTo(0.25, within(NOISE));
    assertThat((double) higher.length / IMAGES).isCloseTo(0.25, within(NOISE));
    assertThat(Arrays.stream(factors).filter(factor -> Math.abs(factor - 1) < 1e-5).count())
        .isEqualTo(IMAGES - lower.length - higher.length);
  }

  @Test
  void contrastStaysInTheRange() {
    float[] made = statically(halves(-0.9f, 0.9f), StaticPolicy.CONTRAST);
    double[] values = IntStream.range(0, made.length).mapToDouble(i -> made[i]).toArray();
    assertThat(Arrays.stream(values).min()).hasValue(-1);
    assertThat(Arrays.stream(values).max()).hasValue(1);
  }

  @Test
  void consistencyMirrorsHalfOfTheImagesAndShiftsByAnEighth() {
    int side = 16;
    int row = 8;
    int column = 3;
    int mirrored = side - 1 - column;
    float[] made =
        ManyImages.of(
            IMAGES,
            side,
            ManyImages.onePixel(side, row, column),
            (tf, random, x) -> new ConsistencyAugment(random).apply(tf, x, "p"));
    int reach = side / 8;
    double[][] shares = new double[2][2 * reach + 1];
    double flips = 0;
    for (int[] place : ManyImages.places(made, side)) {
      boolean flipped = place[1] > side / 2;
      // An index beyond the reach ends the test.
      shares[0][place[0] - row + reach] += 1.0 / IMAGES;
      shares[1][place[1] - (flipped ? mirrored : column) + reach] += 1.0 / IMAGES;
      flips += flipped ? 1.0 / IMAGES : 0;
    }
    assertThat(flips).isCloseTo(0.5, within(NOISE));
    for (double[] direction : shares) {
      assertThat(direction).satisfies(all -> Arrays.stream(all).forEach(PolicyRangesTest::aFifth));
    }
  }

  private static void aFifth(double share) {
    assertThat(share).isCloseTo(0.2, within(NOISE));
  }

  private static float[] statically(float[] image, StaticPolicy... policies) {
    return ManyImages.of(
        IMAGES,
        (int) Math.sqrt(image.length / 3.0),
        image,
        (tf, random, x) -> new StaticAugment(random, List.of(policies)).apply(tf, x, "p"));
  }

  /** Two pixels above and two below. */
  private static float[] halves(float dark, float bright) {
    float[] image = new float[2 * 2 * 3];
    Arrays.fill(image, 0, 6, dark);
    Arrays.fill(image, 6, 12, bright);
    return image;
  }

  /** An image whose every pixel comes from another place. */
  private static float[] moved(float[] image, IntUnaryOperator from) {
    float[] moved = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      moved[i] = image[3 * from.applyAsInt(i / 3) + i % 3];
    }
    return moved;
  }

  /** The share of the images that are an image. */
  private static double share(float[] images, float[] image) {
    long equal =
        IntStream.range(0, IMAGES)
            .filter(
                n ->
                    Arrays.equals(
                        images, n * image.length, (n + 1) * image.length, image, 0, image.length))
            .count();
    return (double) equal / IMAGES;
  }
}
