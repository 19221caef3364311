package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tsugiki.features.Features;

class ClassDiversityTest {
  /** Two images of a, 5 apart; three of b, 1, 1 and 2 apart; one without a class far away. */
  private static final Features REAL =
      Features.of("real", new float[] {0, 0, 3, 4, 10, 0, 11, 0, 12, 0, 90, 90}, 2);

  private static final int[] REAL_CLASSES = {0, 0, 1, 1, 1, -1};
  private static final List<String> NAMES = List.of("a", "b", "c");

  @Test
  void aClassOfOneImageIsSeenThoughTheOthersAreAsVariedAsTheRealOnes() {
    Features generated = Features.of("generated", new float[] {7, 7, 5, 5, 7, 7, 8, 5}, 2);
    Map<String, Double> found =
        ClassDiversity.of(REAL, REAL_CLASSES, generated, new long[] {0, 1, 0, 1}, NAMES);
    assertThat(found).containsOnlyKeys("a", "b");
    assertThat(found.get("a")).isZero();
    // 3 apart, where the real ones are 4/3 apart in the mean.
    assertThat(found.get("b")).isCloseTo(3 / (4.0 / 3), within(1e-6));
  }

  @Test
  void aClassWithoutTwoImagesOfEitherSideHasNone() {
    Features generated = Features.of("generated", new float[] {7, 7, 5, 5, 6, 6}, 2);
    assertThat(ClassDiversity.of(REAL, REAL_CLASSES, generated, new long[] {0, 2, 2}, NAMES))
        .isEmpty();
  }

  @Test
  void aClassWhoseRealImagesAreAlikeHasNone() {
    Features alike = Features.of("real", new float[] {1, 1, 1, 1}, 2);
    assertThat(ClassDiversity.of(alike, new int[] {0, 0}, alike, new long[] {0, 0}, NAMES))
        .isEmpty();
  }
}
