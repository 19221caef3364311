package tsugiki.painting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import tsugiki.base.BadInputException;
import tsugiki.base.StatelessRandom;

/**
 * A program that writes painted shapes to a folder, one folder per class: {@code java -cp
 * target/classes tsugiki.painting.PaintShapes FOLDER EACH SIZE SEED}, the pictures per class, their
 * side in pixels and the seed.
 */
public final class PaintShapes {
  private PaintShapes() {}

  /** Paints; the arguments are as above, and older pictures are replaced. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4 || !Arrays.stream(args).skip(1).allMatch(a -> a.matches("\\d{1,6}"))) {
      throw new BadInputException(
          "PaintShapes takes FOLDER EACH SIZE SEED, such as `shapes 60 32 0`; it got "
              + String.join(" ", args));
    }
    int size = Integer.parseInt(args[2]);
    paint(Path.of(args[0]), Integer.parseInt(args[1]), size, Long.parseLong(args[3]));
  }

  /** Writes {@code each} pictures per class as PNG. */
  static void paint(Path folder, int each, int size, long seed) throws IOException {
    for (PaintedShape shape : PaintedShape.values()) {
      Path target = Files.createDirectories(folder.resolve(shape.toString()));
      for (int i = 0; i < each; i++) {
        Path file = target.resolve("%04d.png".formatted(i));
        ImageIO.write(
            ShapePainter.picture(shape, size, StatelessRandom.of(seed, i, shape.name())),
            "png",
            file.toFile());
      }
    }
  }
}
