package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PictureTableTest {
  private static BufferedImage plain(int side, Color colour) {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(colour);
    pen.fillRect(0, 0, side, side);
    pen.dispose();
    return picture;
  }

  @Test
  void picturesStandInTheirRowsAndColumnsMadeSmaller() {
    PictureTable table =
        new PictureTable(40)
            .add("one", "step 0", plain(100, Color.RED))
            .add("two", "step 0", plain(40, Color.GREEN))
            .add("two", "step 5", plain(20, Color.BLUE));
    BufferedImage drawn = table.draw();
    // A line of titles, two rows of 40 pixels with gaps of 8; two columns of the same.
    assertThat(drawn.getHeight()).isEqualTo(24 + 2 * 48);
    int left = drawn.getWidth() - 2 * 48;
    assertThat(colour(drawn, left + 20, 24 + 20)).isEqualTo(Color.RED);
    assertThat(colour(drawn, left + 20, 24 + 48 + 20)).isEqualTo(Color.GREEN);
    assertThat(colour(drawn, left + 48 + 10, 24 + 48 + 10)).isEqualTo(Color.BLUE);
    assertThat(colour(drawn, left + 48 + 10, 24 + 10)).as("no picture").isEqualTo(Color.WHITE);
  }

  private static Color colour(BufferedImage picture, int x, int y) {
    return new Color(picture.getRGB(x, y));
  }

  @Test
  void aTableOfNoPicturesIsRefused() {
    assertThatThrownBy(() -> new PictureTable(40).draw()).isInstanceOf(IllegalStateException.class);
  }
}
