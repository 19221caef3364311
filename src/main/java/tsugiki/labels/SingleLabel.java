package tsugiki.labels;

import java.util.List;
import tsugiki.data.ImageSet;

/** One label for all images, which leaves nothing to condition on. */
record SingleLabel() implements GivenSource {
  @Override
  public GivenLabels given(ImageSet images) {
    return new GivenLabels(List.of("all"), new int[images.count()], new int[0]);
  }

  @Override
  public String check(ImageSet images, boolean kept) {
    return images.count() + " images, labels: single";
  }
}
