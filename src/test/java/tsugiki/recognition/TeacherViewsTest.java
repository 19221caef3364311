package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.data.ImageSet;
import tsugiki.painting.PaintedShapes;

class TeacherViewsTest {
  /** Also of 25 photographs, of which none is the thirtieth. */
  @ParameterizedTest
  @ValueSource(ints = {2, 25, 60})
  void noImageIsLearnedFromAndMeasuredBy(int count) {
    ImageSet images = PaintedShapes.images(30, 16).select(IntStream.range(0, count).toArray());
    TeacherViews views = new TeacherViews(images, Optional.empty(), 3);
    Set<Integer> trained = shown(count, views::trained);
    Set<Integer> heldOut = shown(count, views::heldOut);
    assertThat(heldOut).hasSize(count == 60 ? 2 : 1).doesNotContainAnyElementsOf(trained);
  }

  private interface Views {
    TeacherViews.View of(int number);
  }

  private static Set<Integer> shown(int count, Views views) {
    return IntStream.range(0, 8 * count)
        .mapToObj(number -> views.of(number).image())
        .collect(Collectors.toSet());
  }
}
