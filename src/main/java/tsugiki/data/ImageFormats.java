package tsugiki.data;

import com.google.common.io.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The image formats that are read, by the extensions of file names. */
final class ImageFormats {
  /** File name extensions in lower case, which are also the names of ImageIO's readers. */
  static final List<String> EXTENSIONS =
      List.of("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff");

  /** How a sentence for the user lists the formats. */
  static final String LISTED = "JPEG, PNG, WebP, GIF, BMP or TIFF";

  private ImageFormats() {}

  /** Whether the name's extension, in any case, is one of {@link #EXTENSIONS}. */
  static boolean isImageName(String name) {
    return EXTENSIONS.contains(Files.getFileExtension(name).toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a path inside a folder or archive is hidden: one of its parts begins with a dot, or
   * lies in the folder of resource forks that macOS adds to archives.
   */
  static boolean isHidden(String name) {
    return Arrays.stream(name.split("/"))
        .anyMatch(part -> part.startsWith(".") || part.equals("__MACOSX"));
  }
}
