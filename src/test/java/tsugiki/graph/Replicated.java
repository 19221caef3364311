package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Compares what replicas make of a training's tensors with what one makes of them. */
public final class Replicated {
  private Replicated() {}

  /**
   * Compares tensors, each relative to its largest number.
   *
   * @param compared chooses tensors by name
   * @param floor what a tensor's largest number counts for at least, as a share of that of all: a
   *     bias before a normalisation has a gradient of pure rounding
   * @param tolerance the largest relative difference
   */
  public static void assertClose(
      Map<String, float[]> found,
      Map<String, float[]> all,
      Predicate<String> compared,
      double floor,
      double tolerance) {
    assertThat(found.keySet()).isEqualTo(all.keySet());
    Map<String, float[]> expected = Maps.filterKeys(all, compared::test);
    assertThat(expected).hasSizeGreaterThan(5);
    double least =
        floor * expected.values().stream().mapToDouble(Replicated::largest).max().orElse(0);
    expected.forEach(
        (name, values) -> {
          double scale = Math.max(largest(values), least);
          for (int i = 0; i < values.length; i++) {
            assertThat((double) found.get(name)[i])
                .as(name)
                .isCloseTo(values[i], within(tolerance * scale + 1e-12));
          }
        });
  }

  /** Compares what was measured in each step, within 10⁻³ of itself, or of 1 where that is more. */
  public static void assertMeasured(
      List<Map<String, Double>> found, List<Map<String, Double>> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int step = 0; step < expected.size(); step++) {
      Map<String, Double> now = found.get(step);
      assertThat(now.keySet()).isEqualTo(expected.get(step).keySet());
      String place = " of step " + step;
      expected
          .get(step)
          .forEach(
              (name, value) ->
                  assertThat(now.get(name))
                      .as(name + place)
                      .isCloseTo(value, within(1e-3 * Math.max(1, Math.abs(value)))));
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
