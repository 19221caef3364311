package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.Lists;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.painting.ShapePainter;

class GivenLabelsTest {
  private static final ImageSet IMAGES = ShapePainter.paint(20, 8, 0);

  @Test
  void aShareKeepsAsManyImagesOfEveryClass() {
    GivenLabels tenth = given("10%", 0);
    assertThat(tenth.labelled()).hasSize(20);
    for (int c = 0; c < 10; c++) {
      int label = c;
      assertThat(Arrays.stream(tenth.labels()).filter(l -> l == label)).hasSize(2);
    }
    assertThat(tenth.hidden()).hasSize(180);
    for (int i = 0; i < IMAGES.count(); i++) {
      assertThat(tenth.truth()[i]).isEqualTo(IMAGES.label(i));
      assertThat(tenth.labels()[i]).isIn(GivenLabels.NONE, IMAGES.label(i));
    }
  }

  @Test
  void theSeedChoosesAndALargerShareContainsTheSmaller() {
    int[] tenth = given("10%", 0).labelled();
    assertThat(given("10%", 0).labelled()).isEqualTo(tenth);
    assertThat(given("10%", 1).labelled()).isNotEqualTo(tenth);
    assertThat(given("30%", 0).labelled()).hasSize(60).contains(tenth);
    assertThat(given("100%", 0).labels()).isEqualTo(IMAGES.labels());
  }

  @Test
  void theSameImagesKeepTheirLabelInWhateverOrderTheClassesAre() {
    List<String> names = IMAGES.classNames();
    int last = names.size() - 1;
    int[] backwards = Arrays.stream(IMAGES.labels()).map(label -> last - label).toArray();
    ImageSet turned = IMAGES.withLabels(backwards, Lists.reverse(names));

    assertThat(new ShareLabels("10%", 0).given(turned).labelled())
        .isEqualTo(given("10%", 0).labelled());
  }

  @Test
  void allLeavesNothingToJudgeAndSingleHasOneClass() {
    assertThat(given("all", 0).labels()).isEqualTo(IMAGES.labels());
    assertThat(given("all", 0).hidden()).isEmpty();
    assertThat(given("single", 0).classNames()).containsExactly("all");
    assertThat(given("single", 0).labels()).containsOnly(0);
  }

  @Test
  void aShareThatLeavesAClassWithoutALabelIsRefused() {
    assertThatThrownBy(() -> given("0.1%", 0))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "labels 0.1% of 200 images leaves the class arrow, which has 20, without a labelled image; give a larger share");
  }

  @Test
  void aSmallClassAmongLargeOnesIsNamed() {
    int[] some = IntStream.concat(IntStream.range(0, 41), IntStream.of(60)).toArray();
    assertThatThrownBy(() -> new ShareLabels("10%", 0).given(IMAGES.select(some)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("of 42 images leaves the class crown, which has 1,");
  }

  private static GivenLabels given(String labels, long seed) {
    return GivenSource.of(labels, seed).orElseThrow().given(IMAGES);
  }
}
