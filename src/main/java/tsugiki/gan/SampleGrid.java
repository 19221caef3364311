package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import tsugiki.report.ImageGrid;
import tsugiki.report.Pictures;

/**
 * Pictures of a generator's images from the same latent vectors every time: one row per class with
 * its name, or a square of images without classes.
 *
 * @param classNames the classes in the order of their labels; empty for a generator without
 * @param size the side of the images in pixels
 * @param firstSeed the seed of the first image; the others' follow
 */
record SampleGrid(List<String> classNames, int size, long firstSeed) {
  /** Of more classes the first are shown. */
  private static final int MOST_ROWS = 50;

  private static final int COLUMNS = 8;
  private static final int GAP = 2;

  /** Draws a grid. */
  BufferedImage draw(GanTraining training) {
    boolean named = !classNames.isEmpty();
    int rows = named ? Math.min(MOST_ROWS, classNames.size()) : COLUMNS;
    int count = rows * COLUMNS;
    long[] labels = IntStream.range(0, count).mapToLong(i -> named ? i / COLUMNS : 0).toArray();
    byte[] images = training.draw(labels, firstSeed);
    int scale = Pictures.readableScale(size, size);
    BufferedImage grid = ImageGrid.of(images, count, size, size, COLUMNS, GAP, scale);
    return named ? ImageGrid.withRowLabels(grid, classNames.subList(0, rows)) : grid;
  }
}
