package tsugiki.data;

import java.nio.file.Path;
import java.util.Optional;
import tsugiki.base.Counted;

/** A source of labels that people gave: folders, a share of them, a file, or one label for all. */
public sealed interface GivenSource permits FolderLabels, ShareLabels, FileLabels, SingleLabel {
  /**
   * The source that an argument names.
   *
   * @param labels {@code all}, {@code single}, a share such as {@code 10%} of the images of every
   *     folder, or a CSV file that ends in {@code .csv}
   * @param seed of the choice of a share
   * @return empty if people do not give such labels
   * @throws tsugiki.base.BadInputException if a share is not above 0% and at most 100%
   */
  static Optional<GivenSource> of(String labels, long seed) {
    if (FileLabels.isFile(labels)) {
      return Optional.of(new FileLabels(Path.of(labels)));
    }
    if (ShareLabels.isShare(labels)) {
      return Optional.of(new ShareLabels(labels, seed));
    }
    return switch (labels) {
      case "all" -> Optional.of(new FolderLabels());
      case "single" -> Optional.of(new SingleLabel());
      default -> Optional.empty();
    };
  }

  /**
   * The labels of images.
   *
   * @param images with their folders as labels
   * @throws tsugiki.base.BadInputException if a label names no image, or a class has no labelled
   *     image
   */
  GivenLabels given(ImageSet images);

  /** Whether some images may have no label. */
  default boolean partial() {
    return false;
  }

  /**
   * What was found, in words.
   *
   * @throws tsugiki.base.BadInputException as {@link #given} does
   */
  default String summary(ImageSet images) {
    GivenLabels given = given(images);
    return "%s of %s, %d of them labelled (%s)"
        .formatted(
            Counted.of(images.count(), "image"),
            Counted.of(given.classNames().size(), "class"),
            given.labelled().length,
            ClassFolders.counts(given));
  }
}
