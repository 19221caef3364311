package tsugiki.data;

import java.util.List;

/** One label for all images, which leaves nothing to condition on. */
public record SingleLabel() implements GivenSource {
  @Override
  public GivenLabels given(ImageSet images) {
    return new GivenLabels(List.of("all"), new int[images.count()], new int[0]);
  }

  @Override
  public String summary(ImageSet images) {
    return images.count() + " images, labels: single";
  }
}
