package tsugiki.gan;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import tsugiki.report.ImageGrid;
import tsugiki.report.Pictures;

/**
 * Pictures of what a generator draws: one row a class, labelled with its name, from the same latent
 * vectors every time.
 *
 * @param classNames the classes' names in the order of their labels
 * @param size the images' side in pixels
 * @param firstSeed the seed of the first image; the others' follow
 */
record SampleGrid(List<String> classNames, int size, long firstSeed) {
  /** More rows than this nobody looks at; of more classes the first are shown. */
  private static final int MOST_ROWS = 50;

  private static final int COLUMNS = 8;
  private static final int GAP = 2;

  /** Draws a grid. */
  BufferedImage draw(GanTraining training) {
    List<String> rows = classNames.subList(0, Math.min(MOST_ROWS, classNames.size()));
    int count = rows.size() * COLUMNS;
    long[] labels = IntStream.range(0, count).mapToLong(i -> i / COLUMNS).toArray();
    byte[] images = training.draw(labels, firstSeed);
    int scale = Pictures.readableScale(size, size);
    return ImageGrid.withRowLabels(
        ImageGrid.of(images, count, size, size, COLUMNS, GAP, scale), rows);
  }
}
