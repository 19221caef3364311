package tsugiki.single;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import tsugiki.base.Checks;
import tsugiki.data.RgbImage;
import tsugiki.report.ImageFolder;
import tsugiki.report.Pictures;
import tsugiki.single.PyramidSizes.Size;

/** Images of one image's training side by side. */
final class StagePictures {
  private static final int GAP = 4;

  private StagePictures() {}

  /** An image as a picture of its size. */
  static BufferedImage of(RgbImage image) {
    return Pictures.of(image.rgb(), 0, image.height(), image.width(), 1);
  }

  /**
   * Images in files: {@code 000000.png} and on, and {@code grid.png} with the first ones together.
   *
   * @param folder new or empty
   * @param size of the images
   * @param images by their number from 0
   * @return the names of the files
   * @throws tsugiki.base.BadInputException if the folder holds something
   */
  static List<String> into(Path folder, Size size, int count, IntFunction<RgbImage> images) {
    Checks.atLeast("count", count, 1);
    ImageFolder.refuseUsed(folder);
    // What cannot be drawn shall leave no folder behind.
    RgbImage first = images.apply(0);
    try (ImageFolder files = ImageFolder.create(folder, size.height(), size.width(), 1)) {
      files.add(first.rgb());
      for (int i = 1; i < count; i++) {
        files.add(images.apply(i).rgb());
      }
      files.writeGrid();
      return files.names();
    }
  }

  /**
   * Images in rows on white. Small ones are enlarged by a whole factor.
   *
   * @param images at least one, of any sizes
   * @param columns how many stand in a row
   */
  static BufferedImage grid(List<RgbImage> images, int columns) {
    int height = images.stream().mapToInt(RgbImage::height).max().orElseThrow();
    int width = images.stream().mapToInt(RgbImage::width).max().orElseThrow();
    int scale = Pictures.readableScale(height, width);
    int across = Math.min(columns, images.size());
    int down = (images.size() + columns - 1) / columns;
    BufferedImage grid =
        new BufferedImage(
            across * (width * scale + GAP) + GAP,
            down * (height * scale + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = grid.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int i = 0; i < images.size(); i++) {
      RgbImage image = images.get(i);
      pen.drawImage(
          Pictures.of(image.rgb(), 0, image.height(), image.width(), scale),
          GAP + i % columns * (width * scale + GAP),
          GAP + i / columns * (height * scale + GAP),
          null);
    }
    pen.dispose();
    return grid;
  }
}
