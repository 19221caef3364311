package tsugiki.base;

import java.util.Arrays;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** How tests compare weights to the bit: AssertJ's own way takes each number for an object. */
public final class SameBits {
  private SameBits() {}

  /** A recursive comparison that compares arrays of float by their bits. */
  public static RecursiveComparisonConfiguration comparison() {
    return RecursiveComparisonConfiguration.builder()
        .withEqualsForType(Arrays::equals, float[].class)
        .build();
  }
}
