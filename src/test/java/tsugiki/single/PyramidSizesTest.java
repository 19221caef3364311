package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.model.PyramidDiscriminator;
import tsugiki.model.SinGanLayers;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.single.PyramidSizes.Spacing;

class PyramidSizesTest {
  /** SinGAN's number of stages, its first factor 0.75. */
  @Test
  void theNumberOfStagesFollowsFromAFactor() {
    assertThat(PyramidSizes.stages(new Size(250, 250), 25, 250, 0.75, false)).isEqualTo(11);
    assertThat(PyramidSizes.stages(new Size(188, 250), 25, 250, 0.75, false)).isEqualTo(10);
    assertThat(PyramidSizes.stages(new Size(400, 600), 25, 250, 0.75, false)).isEqualTo(8);
    assertThat(PyramidSizes.stages(new Size(64, 64), 32, 250, 0.5, false)).isEqualTo(3);
  }

  /** 250 is 11.4 factors of ∛½ above 18, and 500 is 3 factors more, which --max-size takes off. */
  @Test
  void toEnlargeAnImageNoFactorIsSmallerThanTheOneAskedFor() {
    double factor = Math.cbrt(0.5);
    assertThat(PyramidSizes.stages(new Size(250, 250), 18, 250, factor, false)).isEqualTo(14);
    assertThat(PyramidSizes.stages(new Size(250, 250), 18, 250, factor, true)).isEqualTo(13);
    assertThat(PyramidSizes.stages(new Size(500, 500), 18, 250, factor, true)).isEqualTo(13);
    assertThat(PyramidSizes.stages(new Size(72, 72), 18, 250, factor, true)).isEqualTo(8);
    assertThat(PyramidSizes.stages(new Size(19, 19), 18, 250, factor, true)).isEqualTo(2);
  }

  @Test
  void anAnimationBeginsSmallerThanRandomImages() {
    for (SingleMethod method : SingleMethod.values()) {
      assertThat(PyramidOptions.defaults(SingleMode.ANIMATE, method).minSize()).isEqualTo(20);
      assertThat(PyramidOptions.defaults(SingleMode.GENERATE, method).minSize()).isEqualTo(25);
    }
  }

  private static List<Size> sizes(int width, int height, int stages, Spacing spacing) {
    return PyramidSizes.of(new Size(height, width), stages, 25, 250, spacing).sizes();
  }

  @Test
  void aSquareHasThePublishedSizes() {
    assertThat(sizes(250, 250, 6, Spacing.CONSINGAN))
        .extracting(Size::height)
        .containsExactly(25, 33, 45, 72, 158, 250);
    assertThat(sizes(250, 250, 6, Spacing.GEOMETRIC))
        .extracting(Size::width)
        .containsExactly(25, 40, 63, 100, 158, 250);
  }

  @Test
  void aWideImageIsBroughtToTheLargestSideFirst() {
    assertThat(sizes(600, 400, 6, Spacing.CONSINGAN))
        .containsExactly(
            new Size(25, 38),
            new Size(31, 47),
            new Size(41, 61),
            new Size(60, 89),
            new Size(115, 171),
            new Size(167, 250));
  }

  @Test
  void aTallImageIsAWideOneTurned() {
    List<Size> wide = sizes(600, 400, 6, Spacing.CONSINGAN);
    assertThat(sizes(400, 600, 6, Spacing.CONSINGAN))
        .isEqualTo(wide.stream().map(s -> new Size(s.width(), s.height())).toList());
  }

  @Test
  void twoStagesAreTheSmallestAndTheFullSize() {
    for (Spacing spacing : Spacing.values()) {
      assertThat(sizes(100, 200, 2, spacing)).containsExactly(new Size(50, 25), new Size(200, 100));
    }
  }

  @Test
  void everyStageIsLargerThanTheOneBefore() {
    for (int stages = 2; stages <= 10; stages++) {
      List<Size> sizes = sizes(333, 247, stages, Spacing.CONSINGAN);
      assertThat(sizes).hasSize(stages);
      assertThat(sizes.get(0).height()).isEqualTo(25);
      for (int i = 1; i < stages; i++) {
        assertThat(sizes.get(i).width()).isGreaterThan(sizes.get(i - 1).width());
      }
    }
  }

  @Test
  void oneStageAndImagesThatAreTooSmallAreRefused() {
    assertThatThrownBy(() -> sizes(250, 250, 1, Spacing.CONSINGAN))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("stages is 1");
    assertThatThrownBy(() -> sizes(250, 24, 6, Spacing.CONSINGAN))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("250×24")
        .hasMessageContaining("minSize is 25");
  }

  @Test
  void patchesAreThoseOfTheDiscriminators() {
    for (int layers : new int[] {3, 5}) {
      StageNetworkOptions network =
          TinySingle.options(SingleMode.GENERATE).network().withLayers(layers);
      assertThat(SingleMethod.CONSINGAN.patch(network))
          .isEqualTo(new PyramidDiscriminator(8, layers).patch());
      assertThat(SingleMethod.SINGAN.patch(network)).isEqualTo(new SinGanLayers(8, layers).patch());
    }
  }
}
