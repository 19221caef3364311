package tsugiki.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;

/**
 * Pictures in rows and columns with a title each, made smaller to one width: sample grids of
 * several trainings at several steps, say. A place without a picture stays white.
 */
public final class PictureTable {
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final int POINTS = 16;
  private static final int GAP = 8;
  private static final int LINE = 24;

  private final int width;
  private final Map<String, Map<String, BufferedImage>> rows = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /**
   * Begins a table.
   *
   * @param width of a column in pixels; smaller pictures keep their size
   */
  public PictureTable(int width) {
    this.width = width;
  }

  /**
   * Adds a picture; rows and columns stay in the order in which they first came.
   *
   * @param row the row's title
   * @param column the column's title
   */
  public PictureTable add(String row, String column, BufferedImage picture) {
    columns.add(column);
    rows.computeIfAbsent(row, title -> new LinkedHashMap<>())
        .put(column, Pictures.narrowed(picture, width));
    return this;
  }

  /** Adds the picture of a file. */
  public PictureTable add(String row, String column, Path file) {
    try {
      return add(row, column, ImageIO.read(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Draws the table.
   *
   * @return a picture with the columns' titles above and the rows' at the left
   * @throws IllegalStateException without a picture
   */
  public BufferedImage draw() {
    if (rows.isEmpty()) {
      throw new IllegalStateException("a table of no pictures");
    }
    int left = GAP + widest() + GAP;
    int cell =
        rows.values().stream()
                .flatMap(r -> r.values().stream())
                .mapToInt(BufferedImage::getWidth)
                .max()
                .orElseThrow()
            + GAP;
    int height = LINE + rows.values().stream().mapToInt(row -> tallest(row) + GAP).sum();
    BufferedImage table =
        new BufferedImage(left + columns.size() * cell, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = table.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, table.getWidth(), height);
    write(pen);
    int x = left;
    for (String column : columns) {
      pen.drawString(column, x, LINE - GAP);
      x += cell;
    }
    int y = LINE;
    for (Map.Entry<String, Map<String, BufferedImage>> row : rows.entrySet()) {
      pen.drawString(row.getKey(), GAP, y + POINTS);
      x = left;
      for (String column : columns) {
        pen.drawImage(row.getValue().get(column), x, y, null);
        x += cell;
      }
      y += tallest(row.getValue()) + GAP;
    }
    pen.dispose();
    return table;
  }

  private static int tallest(Map<String, BufferedImage> row) {
    return row.values().stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
  }

  private int widest() {
    Graphics2D pen = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    write(pen);
    FontMetrics metrics = pen.getFontMetrics();
    pen.dispose();
    return rows.keySet().stream()
        .map(metrics::stringWidth)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static void write(Graphics2D pen) {
    pen.setColor(INK);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, POINTS));
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }
}
