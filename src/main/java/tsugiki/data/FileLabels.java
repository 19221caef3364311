package tsugiki.data;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Labels from a CSV file ({@link LabelFile}); images that it does not name have none.
 *
 * @param file the file
 */
public record FileLabels(Path file) implements GivenSource {
  /** Whether an argument names such a file. */
  static boolean isFile(String labels) {
    return labels.toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /** The same argument, with the whole path where it names such a file. */
  public static String absolute(String labels) {
    return isFile(labels) ? Path.of(labels).toAbsolutePath().normalize().toString() : labels;
  }

  @Override
  public boolean partial() {
    return true;
  }

  @Override
  public GivenLabels given(ImageSet images) {
    return LabelFile.given(file, images);
  }
}
