package tsugiki.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;

class FeaturesTest {
  @Test
  void keepsWhatItWasGiven() {
    float[] values = {1, 2, 3, 4, 5, 6};
    Features features = Features.of("a.npy", values, 3);
    values[0] = 9;
    features.toArray()[1] = 9;
    assertThat(features.count()).isEqualTo(2);
    assertThat(features.dimensions()).isEqualTo(3);
    assertThat(features.get(0, 0)).isEqualTo(1);
    assertThat(features.get(1, 2)).isEqualTo(6);
    assertThat(features.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThatThrownBy(() -> features.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void selectsRowsInOrder() {
    Features features = Features.of("a.npy", new float[] {1, 2, 3, 4, 5, 6}, 2);
    assertThat(features.select(2, 0, 2).toArray()).containsExactly(5, 6, 1, 2, 5, 6);
    assertThatThrownBy(() -> features.select(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(features::select).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void concatenatesRows() {
    Features one = Features.of("a.npy", new float[] {1, 2}, 2);
    Features two = Features.of("b.npy", new float[] {3, 4, 5, 6}, 2);
    Features both = Features.concat(List.of(one, two));
    assertThat(both).isEqualTo(Features.of("a.npy", new float[] {1, 2, 3, 4, 5, 6}, 2));
    assertThat(both.select(1, 2)).isEqualTo(two);
    Features other = Features.of("c.npy", new float[] {1}, 1);
    assertThatThrownBy(() -> Features.concat(List.of(one, other)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("a.npy has 2 dimensions", "c.npy has 1");
  }

  @Test
  void noSetsAreNotConcatenated() {
    assertThatThrownBy(() -> Features.concat(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are no features to put behind one another");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesNumbersThatAreNone(float bad) {
    assertThatThrownBy(() -> Features.of("a.npy", new float[] {1, 2, 3, 4, 5, bad}, 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("a.npy", "row 2", "column 1", Float.toString(bad));
  }

  @Test
  void refusesNoImagesAndHalfRows() {
    assertThatThrownBy(() -> Features.of("a.npy", new float[0], 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a.npy holds no images");
    assertThatThrownBy(() -> Features.of("a.npy", new float[3], 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
