package tsugiki.painting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import tsugiki.base.BadInputException;

/**
 * A program that writes painted flowers to a folder: {@code flower-00.png}, {@code flower-01.png},
 * …
 *
 * <p>The tracked ones were written by {@code java -cp target/classes tsugiki.painting.PaintFlowers
 * src/examples/painted-flowers 25} and then made smaller by {@code optipng -o7}, which changes no
 * pixel: the Java runtime's PNG writer never filters the rows of an RGB image.
 */
public final class PaintFlowers {
  private PaintFlowers() {}

  /**
   * Paints the seeds from 0 on.
   *
   * @param args the folder, which is made if it is missing, and the number of pictures
   */
  public static void main(String[] args) {
    if (args.length != 2 || !args[1].matches("\\d{1,6}")) {
      throw new BadInputException(
          "PaintFlowers takes a folder and a number of pictures, such as `flowers 25`; it got "
              + args.length
              + " argument(s): "
              + String.join(" ", args));
    }
    paint(Path.of(args[0]), Integer.parseInt(args[1]));
  }

  /** Writes the pictures of the seeds 0 to {@code count} − 1 as PNG, replacing older ones. */
  static void paint(Path folder, int count) {
    try {
      Files.createDirectories(folder);
      for (int seed = 0; seed < count; seed++) {
        Path file = folder.resolve(fileName(seed));
        ImageIO.write(FlowerPainter.paint(seed), "png", file.toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the painted flowers to " + folder, e);
    }
  }

  /** Returns the file name of a seed: {@code flower-07.png}. */
  static String fileName(int seed) {
    return String.format("flower-%02d.png", seed);
  }
}
