package tsugiki.data;

import java.util.List;
import tsugiki.base.Counted;

/** One label for all images, which leaves nothing to condition on. */
public record SingleLabel() implements GivenSource {
  @Override
  public GivenLabels given(ImageSet images) {
    return new GivenLabels(List.of("all"), new int[images.count()], new int[0]);
  }

  @Override
  public String summary(ImageSet images) {
    return Counted.of(images.count(), "image") + ", labels: single";
  }
}
