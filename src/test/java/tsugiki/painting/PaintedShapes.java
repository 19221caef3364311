package tsugiki.painting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import tsugiki.data.ImageSet;

/** Painted shapes in files and in memory, the same ones, for tests of other packages. */
public final class PaintedShapes {
  private static final long SEED = 5;

  private PaintedShapes() {}

  /** Writes so many a class into a folder, and returns that. */
  public static Path in(Path folder, int each, int size) {
    try {
      PaintShapes.paint(folder, each, size, SEED);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same in memory. */
  public static ImageSet images(int each, int size) {
    return ShapePainter.paint(each, size, SEED);
  }
}
