package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatentPathTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  @Test
  void theArcOfAQuarterTurnIsSineAndCosine() {
    float[] path = LatentPath.spherical(new float[] {2, 0}, new float[] {0, 2}, 4);
    float half = 1;
    float most = (float) Math.sqrt(3);
    assertThat(path).containsExactly(new float[] {2, 0, most, half, half, most, 0, 2}, ROUNDING);
  }

  @Test
  void theEndsAreExactAndTheLengthIsKept() {
    float[] from = LatentDraws.normal(120, 0.4, 7);
    float[] to = LatentDraws.normal(120, 0.4, 8);
    float[] path = LatentPath.spherical(from, to, 5);
    assertThat(Arrays.copyOf(path, 120)).isEqualTo(from);
    assertThat(Arrays.copyOfRange(path, 4 * 120, 5 * 120)).isEqualTo(to);
    double ends = (length(from) + length(to)) / 2;
    assertThat(length(Arrays.copyOfRange(path, 240, 360))).isBetween(0.95 * ends, 1.05 * ends);
    float[] line = LatentPath.linear(from, to, 5);
    assertThat(length(Arrays.copyOfRange(line, 240, 360))).isLessThan(0.8 * ends);
  }

  @Test
  void aWayThatIsNoArcIsStraight() {
    float[] same = {1, 2};
    assertThat(LatentPath.spherical(same, same, 3)).containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(LatentPath.spherical(new float[] {1}, new float[] {-1}, 3))
        .containsExactly(1, 0, -1);
    assertThat(LatentPath.spherical(new float[] {0}, new float[] {1}, 3))
        .containsExactly(new float[] {0, 0.5f, 1}, ROUNDING);
  }

  @Test
  void aPathOfOneIsRefused() {
    float[] from = {1, 0};
    float[] to = {0, 1};
    assertThatThrownBy(() -> LatentPath.spherical(from, to, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a path of 1 has no two ends; give 2 or more");
    assertThatThrownBy(() -> LatentPath.linear(from, to, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LatentPath.spherical(from, to, 2))
        .containsExactly(new float[] {1, 0, 0, 1}, ROUNDING);
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float entry : vector) {
      sum += entry * entry;
    }
    return Math.sqrt(sum);
  }
}
