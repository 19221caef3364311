package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimatedGifTest {
  private static final int N = 6;
  private static final int SIDE = 48;
  private static final int SCALE = 2;
  private static final byte[] FRAMES = TestImages.gradients(N, SIDE, SIDE);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("interpolation.gif");
    AnimatedGif.write(FRAMES, N, SIDE, SIDE, SCALE, 80, file);
  }

  @Test
  void hasEveryFrameInColoursCloseToItsSource() throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = reader(in);
      assertThat(reader.getNumImages(true)).isEqualTo(N);
      for (int i = 0; i < N; i++) {
        BufferedImage frame = reader.read(i);
        assertThat(frame.getWidth()).isEqualTo(SIDE * SCALE);
        assertThat(frame.getHeight()).isEqualTo(SIDE * SCALE);
        // 2,304 colours in 256; Java's own conversion to fixed colours is at 14.
        assertThat(meanDifference(frame, i)).as("levels, frame %d", i).isLessThan(5);
      }
      reader.dispose();
    }
  }

  @Test
  void showsEachFrameAsLongAsAsked() throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = reader(in);
      for (int i = 0; i < N; i++) {
        assertThat(control(reader.getImageMetadata(i)).getAttribute("delayTime")).isEqualTo("8");
      }
      reader.dispose();
    }
  }

  @Test
  void loopsForEver() throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    String loop = "!\u00ff\u000bNETSCAPE2.0\u0003\u0001\0\0\0";

    assertThat(bytes).startsWith("GIF89a").containsOnlyOnce(loop);
  }

  @Test
  void keepsAFewColoursExactly() throws IOException {
    BufferedImage flat = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    flat.setRGB(3, 2, 0xff8040);
    AnimatedGif.write(List.of(flat, new BufferedImage(9, 7, flat.getType())), 100, file);

    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = reader(in);
      assertThat(reader.read(0).getRGB(3, 2)).isEqualTo(0xffff8040);
      assertThat(reader.read(0).getRGB(0, 0)).isEqualTo(0xff000000);
      assertThat(reader.read(1).getRGB(3, 2)).isEqualTo(0xff000000);
      reader.dispose();
    }
  }

  @Test
  void leavesNoTemporaryFile() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void refusesFramesOfSeveralSizes() {
    List<BufferedImage> frames =
        List.of(
            new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB),
            new BufferedImage(4, 5, BufferedImage.TYPE_INT_RGB));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnimatedGif.write(frames, 100, file))
        .withMessageContaining("5×4");
  }

  private static double meanDifference(BufferedImage frame, int i) {
    long sum = 0;
    for (int y = 0; y < frame.getHeight(); y++) {
      for (int x = 0; x < frame.getWidth(); x++) {
        int source = TestImages.gradient(i, y / SCALE, x / SCALE, N, SIDE, SIDE);
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((source >> shift & 0xff) - (frame.getRGB(x, y) >> shift & 0xff));
        }
      }
    }
    return sum / (3.0 * frame.getWidth() * frame.getHeight());
  }

  private static ImageReader reader(ImageInputStream in) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(in);
    return reader;
  }

  private static IIOMetadataNode control(IIOMetadata metadata) {
    IIOMetadataNode root =
        (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    return (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
  }
}
