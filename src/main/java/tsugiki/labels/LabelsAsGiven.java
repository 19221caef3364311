package tsugiki.labels;

import java.util.Map;
import tsugiki.data.GivenLabels;
import tsugiki.data.GivenSource;
import tsugiki.data.ImageSet;
import tsugiki.gan.TrainingLabels;

/**
 * The labels that people gave, unknown where there are none.
 *
 * @param given where they are
 */
record LabelsAsGiven(GivenSource given) implements LabelSource {
  @Override
  public String check(ImageSet images, boolean kept) {
    return given.summary(images);
  }

  @Override
  public SourcedLabels of(ImageSet images, Context context) {
    GivenLabels labels = given.given(images);
    return new SourcedLabels(TrainingLabels.hard(labels.labels(), labels.classNames()), Map.of());
  }
}
