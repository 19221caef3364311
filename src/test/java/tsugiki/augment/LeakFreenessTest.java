package tsugiki.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.augment.AdaptiveDraws.Uniform;

/**
 * Why ADA's transformations do not leak (Karras et al. 2020, section 2.2 and appendix C). The
 * discriminator sees the distribution of images after the transformation. For a finite set of
 * images that a transformation takes to each other that is the product of a matrix with their
 * distribution: entry (b, a) is the probability that a becomes b. Where the matrix is invertible,
 * one distribution of images alone gives what is seen. Its entries are counted here among what the
 * pipeline draws.
 *
 * <p>Most of these sets are the places in a circle that a transformation moves an image along, so
 * that the matrix is circulant: its eigenvalues are the Fourier coefficients of its first column.
 * Strengths of a normal distribution move an image along a line, on which they add up: logarithms
 * of scales, of contrasts and of saturations, shifts, brightnesses. There the same holds of the
 * Fourier coefficients of the strength's distribution.
 */
class LeakFreenessTest {
  private static final int IMAGES = 40_000;

  /** What a share among so many draws may be off by, four standard deviations. */
  private static final double NOISE = 0.01;

  private static final int SIDE = 32;

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.9, 1})
  void flipsAndQuarterTurnsCanBeUndoneBelow1(double p) {
    ManyDraws draws = ManyDraws.of(p, IMAGES);
    double[] flips = matrixColumn(2, draws.of(Uniform.FLIP_GATE, Uniform.FLIP, 2));
    double[] turns = matrixColumn(4, draws.of(Uniform.QUARTER_GATE, Uniform.QUARTERS, 4));
    double[] lumas = matrixColumn(2, draws.of(Uniform.LUMA_GATE, Uniform.LUMA, 2));
    for (double[] column : List.of(flips, turns, lumas)) {
      // With 1 − p it stays as it is, and otherwise it comes to all places alike.
      assertThat(eigenvalues(column)).satisfies(sizes -> allButFirst(sizes, 1 - p));
      assertThat(recovers(column)).isEqualTo(p < 1);
    }
  }

  /**
   * A flip and a turn have gates of their own and are drawn independently. So the matrix of one
   * after the other is the product of theirs, and a product of two invertible matrices is
   * invertible.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.7})
  void soCanBothTogether(double p) {
    ManyDraws draws = ManyDraws.of(p, IMAGES);
    int[] flips = draws.of(Uniform.FLIP_GATE, Uniform.FLIP, 2);
    int[] turns = draws.of(Uniform.QUARTER_GATE, Uniform.QUARTERS, 4);
    double[][] joint = new double[2][4];
    for (int i = 0; i < IMAGES; i++) {
      joint[flips[i]][turns[i]] += 1.0 / IMAGES;
    }
    double[] ofFlips = matrixColumn(2, flips);
    double[] ofTurns = matrixColumn(4, turns);
    for (int f = 0; f < 2; f++) {
      for (int t = 0; t < 4; t++) {
        assertThat(joint[f][t]).isCloseTo(ofFlips[f] * ofTurns[t], within(NOISE));
      }
    }
    assertThat(recovers(ofFlips) && recovers(ofTurns)).isTrue();
  }

  /**
   * Shifts along a row of pixels whose ends meet. One by an eighth of the side at most does not
   * come to all places, so that some eigenvalues fall below 0 as p rises to 1: the first of them is
   * 0 at a p above 0.8, the limit that the paper gives.
   */
  @Test
  void shiftsCanBeUndoneBelowEightTenthsAndNotAtEveryPAbove() {
    for (double p : new double[] {0.2, 0.5, 0.75}) {
      assertThat(smallest(shifts(p))).as("p %s", p).isGreaterThan(0.03);
      assertThat(recovers(shifts(p))).isTrue();
    }
    assertThat(smallest(shifts(1))).isLessThan(-0.05);
  }

  /**
   * Turns by any angle, of the image and of its hues, to each Fourier coefficient of the angle's
   * distribution: 1 − p, whatever the frequency. At p = 1 all angles are as likely, and the
   * direction of an image or its hue is lost.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.8, 1})
  void freeTurnsCanBeUndoneBelow1AndNotAt1(double p) {
    ManyDraws draws = ManyDraws.of(p, IMAGES);
    for (double[] angles : List.of(draws.angles(), draws.hues())) {
      for (int frequency = 1; frequency < 5; frequency++) {
        double size = Math.hypot(cosine(angles, frequency), sine(angles, frequency));
        assertThat(size).isCloseTo(1 - p, within(2 * NOISE));
      }
    }
  }

  /**
   * The distribution of a normal strength that passes its gate has the Fourier coefficients (1 − p)
   * + p exp(−σ²k²/2), which are never 0.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.8, 0.95})
  void normalStrengthsCanBeUndone(double p) {
    ManyDraws draws = ManyDraws.of(p, IMAGES);
    for (ManyDraws.Strength strength : ManyDraws.STRENGTHS) {
      double[] values = draws.of(strength);
      for (int k = 1; k <= 16; k *= 2) {
        double wave = strength.deviation() * k;
        assertThat(cosine(values, k))
            .as("%s, frequency %d", strength, k)
            .isPositive()
            .isCloseTo(1 - p + p * Math.exp(-wave * wave / 2), within(2 * NOISE));
        assertThat(sine(values, k)).isCloseTo(0, within(2 * NOISE));
      }
    }
  }

  private static double cosine(double[] values, int k) {
    return Arrays.stream(values).map(value -> Math.cos(k * value)).average().orElseThrow();
  }

  private static double sine(double[] values, int k) {
    return Arrays.stream(values).map(value -> Math.sin(k * value)).average().orElseThrow();
  }

  private static double[] shifts(double p) {
    ManyDraws draws = ManyDraws.of(p, IMAGES);
    int[] places = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      boolean open = draws.number(Uniform.SHIFT_GATE, i) < p;
      double shift = (2 * draws.number(Uniform.SHIFT_X, i) - 1) * SIDE / 8;
      places[i] = Math.floorMod(open ? (int) Math.rint(shift) : 0, SIDE);
    }
    return matrixColumn(SIDE, places);
  }

  /** The first column of the matrix: how often an image at 0 comes to each place. */
  private static double[] matrixColumn(int places, int[] drawn) {
    double[] column = new double[places];
    for (int place : drawn) {
      column[place] += 1.0 / drawn.length;
    }
    return column;
  }

  /** The real parts; where the column is symmetric, as all are here but for noise, all there is. */
  private static double[] eigenvalues(double[] column) {
    return IntStream.range(0, column.length)
        .mapToDouble(
            k ->
                IntStream.range(0, column.length)
                    .mapToDouble(
                        place -> column[place] * Math.cos(2 * Math.PI * k * place / column.length))
                    .sum())
        .toArray();
  }

  private static double smallest(double[] column) {
    return Arrays.stream(eigenvalues(column)).min().orElseThrow();
  }

  private static void allButFirst(double[] eigenvalues, double expected) {
    assertThat(eigenvalues[0]).isCloseTo(1, within(1e-9));
    Arrays.stream(eigenvalues)
        .skip(1)
        .forEach(value -> assertThat(value).isCloseTo(expected, within(2 * NOISE)));
  }

  /**
   * Whether the distribution of images is found again from what is seen of it, by elimination. No
   * pivot may be so small that the noise of the counting could be all of it.
   */
  private static boolean recovers(double[] column) {
    int size = column.length;
    double[] images = IntStream.range(0, size).mapToDouble(i -> i + 1.0).toArray();
    double[][] rows = new double[size][size + 1];
    for (int b = 0; b < size; b++) {
      for (int a = 0; a < size; a++) {
        rows[b][a] = column[Math.floorMod(b - a, size)];
        rows[b][size] += rows[b][a] * images[a];
      }
    }
    for (int i = 0; i < size; i++) {
      if (Math.abs(rows[i][i]) < 2 * NOISE) {
        return false;
      }
      for (int j = 0; j < size; j++) {
        double factor = j == i ? 0 : rows[j][i] / rows[i][i];
        for (int k = i; k <= size; k++) {
          rows[j][k] -= factor * rows[i][k];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      assertThat(rows[i][size] / rows[i][i]).isCloseTo(images[i], within(1e-6));
    }
    return true;
  }
}
