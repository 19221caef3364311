package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The strengths of ADA that have bounds, found from what becomes of images: hue and luma flip from
 * a plain image, which no geometry changes; the others from a red, a green and a blue pixel, in
 * images that meet nothing else. Strengths of normal distributions have no bounds.
 */
class AdaptiveRangesTest {
  private static final int SIDE = 16;
  private static final int LENGTH = SIDE * SIDE * 3;
  private static final int IMAGES = 3_000;
  private static final double P = 0.1;

  /**
   * Column and row of each colour's pixel, from the centre: a triangle of three different sides.
   */
  private static final double[][] PIXELS = {{-3.5, -2.5}, {1.5, 0.5}, {-2.5, 2.5}};

  /**
   * The images whose pixels keep their distances: what they meet beside a mirroring, a turn or a
   * shift is next to nothing.
   */
  private static List<Moved> rigid;

  /**
   * An image as it was moved.
   *
   * @param image its samples
   * @param mirrored whether the triangle is
   * @param angle that it is turned by after that, from −π to π
   */
  private record Moved(float[] image, boolean mirrored, double angle) {
    /** How many quarters it is turned by, to the nearest. */
    int quarters() {
      return Math.floorMod((int) Math.rint(angle / (Math.PI / 2)), 4);
    }

    /** How far the turn is from quarters. */
    double offQuarters() {
      return Math.abs(Math.IEEEremainder(angle, Math.PI / 2));
    }
  }

  @BeforeAll
  static void augment() {
    float[] image = new float[LENGTH];
    for (int channel = 0; channel < 3; channel++) {
      double[] pixel = PIXELS[channel];
      image[3 * (int) ((pixel[1] + 7.5) * SIDE + pixel[0] + 7.5) + channel] = 1;
    }
    float[] made = augmented(IMAGES, SIDE, image, (float) P);
    rigid =
        IntStream.range(0, IMAGES)
            .mapToObj(n -> Arrays.copyOfRange(made, n * LENGTH, (n + 1) * LENGTH))
            .filter(AdaptiveRangesTest::keepsDistances)
            .map(AdaptiveRangesTest::moved)
            .toList();
    assertThat(rigid).hasSizeGreaterThan(1_000);
  }

  @Test
  void huesGoAllTheWayRoundAndHalfOfTheLumasAreFlipped() {
    float[] plain = new float[2 * 2 * 3];
    for (int i = 0; i < plain.length; i++) {
      // A grey of 10, far beyond what brightness adds, and a hue.
      plain[i] = i % 3 == 0 ? 12 : 9;
    }
    int images = 4_000;
    float[] made = augmented(images, 2, plain, 1);
    double[] hues = new double[images];
    int flipped = 0;
    for (int n = 0; n < images; n++) {
      float red = made[12 * n];
      float green = made[12 * n + 1];
      float blue = made[12 * n + 2];
      hues[n] = Math.atan2((green - blue) * Math.sqrt(3), 2 * red - green - blue);
      flipped += red + green + blue < 0 ? 1 : 0;
    }
    ManyImages.fills(hues, -Math.PI, Math.PI);
    quadrants(hues, 0.03);
    assertThat((double) flipped / images).isCloseTo(0.5, within(0.03));
  }

  @Test
  void halfOfTheMirroringsMirrorAndQuarterTurnsAreAlike() {
    List<Moved> straight = rigid.stream().filter(one -> one.offQuarters() < 0.02).toList();
    assertThat(share(straight, n -> straight.get(n).mirrored())).isCloseTo(P / 2, within(0.025));
    for (int quarters = 1; quarters < 4; quarters++) {
      int wanted = quarters;
      assertThat(share(straight, n -> straight.get(n).quarters() == wanted))
          .as("%d quarters", quarters)
          .isCloseTo(P / 4, within(0.015));
    }
  }

  /**
   * From images that stay as they are but for a shift. The filter of the warp is not symmetric, so
   * that others are a little blurred.
   */
  @Test
  void shiftsOfWholePixelsReachAnEighth() {
    List<Moved> sharp =
        rigid.stream()
            .filter(one -> !one.mirrored() && one.quarters() == 0 && threePixels(one.image()))
            .toList();
    int[] right = new int[sharp.size()];
    int[] down = new int[sharp.size()];
    for (int n = 0; n < right.length; n++) {
      double[] red = centre(sharp.get(n).image(), 0);
      right[n] = (int) Math.rint(red[0] - PIXELS[0][0]);
      down[n] = (int) Math.rint(red[1] - PIXELS[0][1]);
    }
    for (int[] direction : List.of(right, down)) {
      assertThat(Arrays.stream(direction).min()).hasValue(-SIDE / 8);
      assertThat(Arrays.stream(direction).max()).hasValue(SIDE / 8);
      // A shift uniform from −2 to 2 is 1 in the mean when it is rounded.
      assertThat(Arrays.stream(direction).map(Math::abs).average().orElseThrow())
          .isCloseTo(P, within(0.015));
    }
    // Of 16 shifts one is (0, 0).
    assertThat(share(sharp, n -> right[n] != 0 || down[n] != 0))
        .isCloseTo(P * 15 / 16, within(0.02));
  }

  @Test
  void turnsGoAllTheWayRound() {
    double[] angles =
        rigid.stream().filter(one -> one.offQuarters() > 0.1).mapToDouble(Moved::angle).toArray();
    assertThat(angles).hasSizeGreaterThan(60);
    quadrants(angles, 0.15);
  }

  /** A quarter of the angles in each. */
  private static void quadrants(double[] angles, double tolerance) {
    for (int quadrant = -2; quadrant < 2; quadrant++) {
      double from = quadrant * Math.PI / 2;
      long found = Arrays.stream(angles).filter(a -> a >= from && a < from + Math.PI / 2).count();
      assertThat((double) found / angles.length)
          .as("from %s", from)
          .isCloseTo(0.25, within(tolerance));
    }
  }

  private static double share(List<Moved> all, IntPredicate some) {
    return (double) IntStream.range(0, all.size()).filter(some).count() / all.size();
  }

  private static boolean keepsDistances(float[] image) {
    for (int channel = 0; channel < 3; channel++) {
      int next = (channel + 1) % 3;
      double[] side = way(centre(image, channel), centre(image, next));
      double[] was = way(PIXELS[channel], PIXELS[next]);
      // What changes colours changes their sums, or mixes the pixels.
      if (Math.abs(sum(image, channel) - 1) > 0.1
          || Math.abs(Math.hypot(side[0], side[1]) - Math.hypot(was[0], was[1])) > 0.1) {
        return false;
      }
    }
    return true;
  }

  private static Moved moved(float[] image) {
    double[] red = centre(image, 0);
    double[] toGreen = way(red, centre(image, 1));
    double[] toBlue = way(red, centre(image, 2));
    double[] was = way(PIXELS[0], PIXELS[1]);
    // From red green lies before blue, clockwise.
    boolean mirrored = toGreen[0] * toBlue[1] - toGreen[1] * toBlue[0] < 0;
    double x = mirrored ? -was[0] : was[0];
    double angle =
        Math.atan2(x * toGreen[1] - was[1] * toGreen[0], x * toGreen[0] + was[1] * toGreen[1]);
    return new Moved(image, mirrored, angle);
  }

  private static double[] way(double[] from, double[] to) {
    return new double[] {to[0] - from[0], to[1] - from[1]};
  }

  private static boolean threePixels(float[] image) {
    long ones = IntStream.range(0, LENGTH).filter(i -> Math.abs(image[i] - 1) < 1e-3).count();
    long zeros = IntStream.range(0, LENGTH).filter(i -> Math.abs(image[i]) < 1e-3).count();
    return ones == 3 && zeros == LENGTH - 3;
  }

  private static double sum(float[] image, int channel) {
    return IntStream.range(0, LENGTH / 3).mapToDouble(i -> image[3 * i + channel]).sum();
  }

  /** The centre of mass of a colour: column and row from the image's centre. */
  private static double[] centre(float[] image, int channel) {
    double[] sums = new double[2];
    for (int i = 0; i < LENGTH / 3; i++) {
      sums[0] += image[3 * i + channel] * (i % SIDE - 7.5);
      sums[1] += image[3 * i + channel] * (i / SIDE - 7.5);
    }
    double mass = sum(image, channel);
    return new double[] {sums[0] / mass, sums[1] / mass};
  }

  private static float[] augmented(int images, int side, float[] image, float p) {
    return ManyImages.of(
        images,
        side,
        image,
        (tf, random, x) -> new AdaptiveAugment(random).apply(tf, x, tf.constant(p), "p"));
  }
}
