package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What a page says of an interval. */
final class Intervals {
  private Intervals() {}

  /** That it contains 0. */
  static void holdsZero(MeanInterval found) {
    assertThat(found.low()).isNegative();
    assertThat(found.high()).isPositive();
  }

  /** Whether it does not contain 0. */
  static boolean leavesOutZero(MeanInterval found) {
    return found.low() > 0 || found.high() < 0;
  }

  /**
   * That the page's rounded figures are its own.
   *
   * @param digit the last one that the page has, such as 0.001
   */
  static void rounds(MeanInterval found, double mean, double margin, double digit) {
    assertThat(found.mean()).isCloseTo(mean, within(0.5 * digit));
    assertThat(found.margin()).isCloseTo(margin, within(0.5 * digit));
  }
}
