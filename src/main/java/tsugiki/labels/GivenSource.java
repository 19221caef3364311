package tsugiki.labels;

import java.util.Map;
import tsugiki.data.ImageSet;

/** A source whose labels people gave. Some images may have none. */
sealed interface GivenSource extends LabelSource
    permits FolderLabels, ShareLabels, FileLabels, SingleLabel {
  /**
   * The labels of images.
   *
   * @param images with their folders as labels
   * @throws tsugiki.base.BadInputException if a label names no image, or a class has no labelled
   *     image
   */
  GivenLabels given(ImageSet images);

  @Override
  default String check(ImageSet images, boolean kept) {
    GivenLabels given = given(images);
    return "%d images of %d classes, %d of them labelled"
        .formatted(images.count(), given.classNames().size(), given.labelled().length);
  }

  @Override
  default SourcedLabels of(ImageSet images, Context context) {
    return new SourcedLabels(given(images).training(), Map.of());
  }
}
