package tsugiki.augmentation;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.io.FilenameUtils;

/**
 * Names for the copies beside a dataset's images: the image's folder and name, what was done, and a
 * number where the name is taken. No two differ in case alone.
 */
final class CopyNames {
  private final Set<String> taken = new HashSet<>();

  /**
   * Begins.
   *
   * @param names of the images, with '/' between folders
   */
  CopyNames(List<String> names) {
    names.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
  }

  /** A name for a copy of an image, such as {@code dogs/rex-hflip.png}. */
  String copy(String image, String done) {
    return free(FilenameUtils.removeExtension(image) + "-" + done);
  }

  /** A name for a generated image of a class, in the folder of that class's images. */
  String generated(String image, long seed) {
    int slash = image.indexOf('/');
    return free("%sgenerated-%06d".formatted(image.substring(0, slash + 1), seed));
  }

  private String free(String stem) {
    String name = stem + ".png";
    for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      name = stem + "-" + number + ".png";
    }
    return name;
  }
}
