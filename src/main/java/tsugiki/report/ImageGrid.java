package tsugiki.report;

import com.google.common.math.IntMath;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;

/**
 * Many images in one picture, on white: samples, reconstructions beside their originals,
 * interpolations.
 *
 * <p>Small images (32 or 64 pixels) are enlarged by a whole factor, so that a person can look at
 * them; {@link Pictures#readableScale} proposes the factor. A margin as wide as the gap runs around
 * each grid. Images go from left to right, then down; places left over in the last row stay white.
 */
public final class ImageGrid {
  private static final Color BACKGROUND = Color.WHITE;
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final int READABLE_GAP = 2;
  private static final int PAIRS_APART = 4;
  private static final int LABEL_POINTS = 16;
  private static final int LABEL_MARGIN = 10;

  private ImageGrid() {}

  /**
   * A grid of a batch.
   *
   * @param nhwc RGB uint8, [n, height, width, 3] row-major
   * @param n number of images, at least 1
   * @param height rows of one image
   * @param width columns of one image
   * @param columns images in a row, at least 1
   * @param gap pixels between images and around the grid, at least 0; not enlarged
   * @param scale factor of enlargement of each image, at least 1
   * @return the grid; image i has its upper left pixel at x = gap + (i mod columns)(width·scale +
   *     gap), y = gap + ⌊i / columns⌋(height·scale + gap)
   * @throws IllegalArgumentException when the batch is not n images of this size, or a number is
   *     out of range
   */
  public static BufferedImage of(
      byte[] nhwc, int n, int height, int width, int columns, int gap, int scale) {
    checkBatch(nhwc, n, height, width);
    checkLayout(columns, gap, scale);
    int cellWidth = width * scale + gap;
    int cellHeight = height * scale + gap;
    int rows = IntMath.divide(n, columns, RoundingMode.CEILING);
    BufferedImage grid = blank(gap + columns * cellWidth, gap + rows * cellHeight);
    for (int i = 0; i < n; i++) {
      int x = gap + i % columns * cellWidth;
      int y = gap + i / columns * cellHeight;
      place(grid, Pictures.of(nhwc, i, height, width, scale), x, y);
    }
    return grid;
  }

  /**
   * A grid of square images, enlarged so that people can see them, but less where many images would
   * be more than two million pixels, with a name at the left of each row.
   *
   * @param nhwc RGB uint8, [n, size, size, 3] row-major
   * @param size the side of an image in pixels
   * @param columns images in a row, at least 1
   * @param rowNames one for each row, or none at all
   */
  public static BufferedImage readable(byte[] nhwc, int size, int columns, List<String> rowNames) {
    int count = nhwc.length / (3 * size * size);
    int scale = Pictures.readableScale(count, size, size);
    BufferedImage grid = of(nhwc, count, size, size, columns, READABLE_GAP, scale);
    return rowNames.isEmpty() ? grid : withRowLabels(grid, rowNames);
  }

  /**
   * All images of a batch in one row: an interpolation from left to right.
   *
   * @param nhwc RGB uint8, [n, height, width, 3] row-major
   * @param n number of frames, at least 1
   * @param height rows of one frame
   * @param width columns of one frame
   * @param gap pixels between frames and around the strip, at least 0
   * @param scale factor of enlargement of each frame, at least 1
   * @return the strip
   * @throws IllegalArgumentException as for {@link #of}
   */
  public static BufferedImage strip(byte[] nhwc, int n, int height, int width, int gap, int scale) {
    return of(nhwc, n, height, width, n, gap, scale);
  }

  /**
   * Pairs side by side: each training image with its reconstruction at its right. The gap inside a
   * pair is {@code gap}; between pairs, between rows and around the grid it is four times as wide,
   * so that the eye finds what belongs together.
   *
   * @param left RGB uint8, [n, height, width, 3] row-major: the left image of each pair
   * @param right the right images, same shape
   * @param n number of pairs, at least 1
   * @param height rows of one image
   * @param width columns of one image
   * @param columns pairs in a row, at least 1
   * @param gap pixels inside a pair, at least 0
   * @param scale factor of enlargement of each image, at least 1
   * @return the grid; the left image of pair i has its upper left pixel at x = 4·gap + (i mod
   *     columns)(2·width·scale + 5·gap), y = 4·gap + ⌊i / columns⌋(height·scale + 4·gap)
   * @throws IllegalArgumentException when a batch is not n images of this size, or a number is out
   *     of range
   */
  public static BufferedImage pairs(
      byte[] left, byte[] right, int n, int height, int width, int columns, int gap, int scale) {
    checkBatch(left, n, height, width);
    checkBatch(right, n, height, width);
    checkLayout(columns, gap, scale);
    int apart = PAIRS_APART * gap;
    int pairWidth = 2 * width * scale + gap + apart;
    int pairHeight = height * scale + apart;
    int rows = IntMath.divide(n, columns, RoundingMode.CEILING);
    BufferedImage grid = blank(apart + columns * pairWidth, apart + rows * pairHeight);
    for (int i = 0; i < n; i++) {
      int x = apart + i % columns * pairWidth;
      int y = apart + i / columns * pairHeight;
      place(grid, Pictures.of(left, i, height, width, scale), x, y);
      place(grid, Pictures.of(right, i, height, width, scale), x + width * scale + gap, y);
    }
    return grid;
  }

  /**
   * A grid with a word at the left of each row, such as the name of the row's class, centred on the
   * row.
   *
   * @param grid what {@link #of} or {@link #pairs} returned
   * @param labels one label for each row, from the top; an empty one leaves its row bare
   * @return a wider picture whose right part is the grid, pixel for pixel
   * @throws IllegalArgumentException when there are no labels
   */
  public static BufferedImage withRowLabels(BufferedImage grid, List<String> labels) {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("a grid with row labels needs one label for each row");
    }
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_POINTS);
    int margin = widest(font, labels) + 2 * LABEL_MARGIN;
    BufferedImage labelled = blank(margin + grid.getWidth(), grid.getHeight());
    Graphics2D pen = labelled.createGraphics();
    smoothText(pen, font);
    FontMetrics metrics = pen.getFontMetrics();
    for (int row = 0; row < labels.size(); row++) {
      int centre = (2 * row + 1) * grid.getHeight() / (2 * labels.size());
      int baseline = centre + (metrics.getAscent() - metrics.getDescent()) / 2;
      int x = margin - LABEL_MARGIN - metrics.stringWidth(labels.get(row));
      pen.drawString(labels.get(row), x, baseline);
    }
    pen.dispose();
    place(labelled, grid, margin, 0);
    return labelled;
  }

  /**
   * Writes a grid as PNG, in one step: a reader never sees half a file.
   *
   * @param grid the picture
   * @param file where to; missing folders are made, an existing file is replaced
   * @throws tsugiki.base.BadInputException when the folder cannot be made or {@code file} is a
   *     folder
   * @throws java.io.UncheckedIOException when writing fails
   */
  public static void write(BufferedImage grid, Path file) {
    Pictures.writePng(grid, file);
  }

  private static int widest(Font font, List<String> labels) {
    Graphics2D pen = blank(1, 1).createGraphics();
    smoothText(pen, font);
    FontMetrics metrics = pen.getFontMetrics();
    int width = labels.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    pen.dispose();
    return width;
  }

  private static void smoothText(Graphics2D pen, Font font) {
    pen.setFont(font);
    pen.setColor(INK);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  private static BufferedImage blank(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(BACKGROUND);
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return image;
  }

  private static void place(BufferedImage onto, BufferedImage image, int x, int y) {
    Graphics2D pen = onto.createGraphics();
    pen.drawImage(image, x, y, null);
    pen.dispose();
  }

  private static void checkBatch(byte[] nhwc, int n, int height, int width) {
    if (n < 1 || height < 1 || width < 1 || nhwc.length != 3L * n * height * width) {
      throw new IllegalArgumentException(
          "a batch of "
              + nhwc.length
              + " bytes is not ["
              + n
              + ", "
              + height
              + ", "
              + width
              + ", 3] uint8");
    }
  }

  private static void checkLayout(int columns, int gap, int scale) {
    if (columns < 1 || gap < 0 || scale < 1) {
      throw new IllegalArgumentException(
          "a grid cannot have columns=" + columns + ", gap=" + gap + ", scale=" + scale);
    }
  }
}
