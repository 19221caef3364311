package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.augment.DiffAugment.Part;

/**
 * How strong augmentations are, in so many images that the ends of every range are met: found from
 * what becomes of images whose change by each strength is known.
 */
class AugmentRangesTest {
  private static final int IMAGES = 4_000;

  /** Of the sharpest images, black and white noise; {@link DiffAugment} says so. */
  private static final double FURTHEST = 5;

  @Test
  void brightnessContrastAndSaturationFillTheirRanges() {
    // A grey image shows the brightness alone, black and white halves the contrast, and one colour
    // the product of saturation and contrast.
    double[] brightness = new double[IMAGES];
    double[] contrast = new double[IMAGES];
    double[] saturation = new double[IMAGES];
    float[] grey = coloured((pixel, channel) -> 0f);
    float[] halves = coloured((pixel, channel) -> pixel < 8 ? 1f : -1f);
    float[] red = coloured((pixel, channel) -> channel == 0 ? 1f : 0f);
    int length = 4 * 4 * 3;
    for (int n = 0; n < IMAGES; n++) {
      int first = n * length;
      brightness[n] = grey[first];
      contrast[n] = (halves[first] - halves[first + length - 1]) / 2;
      saturation[n] = (red[first] - red[first + 1]) / contrast[n];
    }
    ManyImages.fills(brightness, -0.5, 0.5);
    ManyImages.fills(contrast, 0.5, 1.5);
    ManyImages.fills(saturation, 0, 2);
  }

  @Test
  void aHoleIsHalfTheSideOrCutOffByTheBorder() {
    int side = 16;
    float[] made = ManyImages.of(IMAGES, side, new float[] {1}, augment(Part.CUTOUT));
    int[] areas = new int[IMAGES];
    for (int i = 0; i < made.length; i++) {
      assertThat(made[i]).isIn(0f, 1f);
      areas[i / (side * side * 3)] += made[i] == 0 ? 1 : 0;
    }
    // A quarter of the side is the least that its centre at a corner leaves.
    assertThat(Arrays.stream(areas).min()).hasValue(3 * side / 4 * side / 4);
    assertThat(Arrays.stream(areas).max()).hasValue(3 * side / 2 * side / 2);
  }

  @Test
  void coloursLeaveTheRangeNoFurtherThanIsSaidAndHaveFiniteGradients() {
    List<float[]> made = ManyImages.withGradient(IMAGES, 4, noise(4), augment(Part.COLOR));
    double most = largest(made.get(0));
    assertThat(most).isBetween(2.0, FURTHEST);
    // What a pixel gives to all others by their mean is no more than its own.
    assertThat(largest(made.get(1))).isBetween(0.1, 2 * FURTHEST * FURTHEST);
  }

  /**
   * p = 1 in many images: every strength of ADA close to both of its ends, by itself and at once.
   */
  @Test
  void adaGivesNumbersHoweverStrongItIs() {
    int side = 4;
    List<float[]> made =
        ManyImages.withGradient(
            IMAGES,
            side,
            noise(side),
            (tf, random, x) -> new AdaptiveAugment(random).apply(tf, x, tf.constant(1f), "p"));
    assertThat(IntStream.range(0, IMAGES * side * side * 3))
        .allMatch(i -> Float.isFinite(made.get(0)[i]) && Float.isFinite(made.get(1)[i]));
    assertThat(largest(made.get(0))).isGreaterThan(2);
  }

  private static ManyImages.Augmented augment(Part part) {
    return (tf, random, x) -> new DiffAugment(random, EnumSet.of(part)).apply(tf, x, "p");
  }

  /** What becomes of an image of 4 pixels under the colours that all calls draw alike. */
  private static float[] coloured(BiFunction<Integer, Integer, Float> image) {
    float[] one = new float[4 * 4 * 3];
    for (int i = 0; i < one.length; i++) {
      one[i] = image.apply(i / 3, i % 3);
    }
    return ManyImages.of(IMAGES, 4, one, augment(Part.COLOR));
  }

  private static float[] noise(int side) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[side * side * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? 1 : -1;
    }
    return values;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      assertThat(value).isFinite();
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
