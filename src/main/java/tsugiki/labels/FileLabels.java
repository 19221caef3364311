package tsugiki.labels;

import java.nio.file.Path;
import java.util.Locale;
import tsugiki.data.ImageSet;

/**
 * Labels from a CSV file ({@link LabelFile}); images that it does not name have none.
 *
 * @param file the file
 */
record FileLabels(Path file) implements GivenSource {
  /** Whether an argument names such a file. */
  static boolean isFile(String labels) {
    return labels.toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  @Override
  public GivenLabels given(ImageSet images) {
    return LabelFile.given(file, images);
  }
}
