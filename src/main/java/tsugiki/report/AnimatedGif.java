package tsugiki.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import tsugiki.base.AtomicFile;

/**
 * A looping animated GIF: an interpolation, or one latent's sample as training goes on.
 *
 * <p>GIF holds 256 colours a frame. Each frame gets a palette of its own, cut to its colours, and
 * is not dithered: Java's own conversion to 256 fixed colours is wrong by 14 levels of 255 on
 * average on photographs, this one by about 3; and dither flickers from frame to frame.
 */
public final class AnimatedGif {
  /** Browsers show a frame of less than 20 ms for 100 ms. */
  private static final int SHORTEST_DELAY = 20;

  private static final int MILLIS_PER_TICK = 10;

  private AnimatedGif() {}

  /**
   * Writes a batch as frames.
   *
   * @param nhwc RGB uint8, [n, height, width, 3] row-major
   * @param n number of frames, at least 1
   * @param height rows of one frame
   * @param width columns of one frame
   * @param scale factor of enlargement, at least 1; {@link Pictures#readableScale} proposes one
   * @param delayMillis how long each frame is shown, at least 20 ms; GIF rounds it to 10 ms
   * @param file where to; missing folders are made, an existing file is replaced in one step
   * @throws IllegalArgumentException when a number is out of range or the batch too short
   * @throws tsugiki.base.BadInputException when the folder cannot be made or {@code file} is a
   *     folder
   * @throws java.io.UncheckedIOException when writing fails
   */
  public static void write(
      byte[] nhwc, int n, int height, int width, int scale, int delayMillis, Path file) {
    List<BufferedImage> frames =
        IntStream.range(0, n).mapToObj(i -> Pictures.of(nhwc, i, height, width, scale)).toList();
    write(frames, delayMillis, file);
  }

  /**
   * Writes pictures as frames.
   *
   * @param frames at least one picture, all of one size, opaque RGB
   * @param delayMillis how long each frame is shown, at least 20 ms; GIF rounds it to 10 ms
   * @param file where to; missing folders are made, an existing file is replaced in one step
   * @throws IllegalArgumentException when there is no frame, a frame has another size, or the delay
   *     is too short
   * @throws tsugiki.base.BadInputException when the folder cannot be made or {@code file} is a
   *     folder
   * @throws java.io.UncheckedIOException when writing fails
   */
  public static void write(List<BufferedImage> frames, int delayMillis, Path file) {
    check(frames, delayMillis);
    AtomicFile.write(file, out -> encode(frames, delayMillis, out));
  }

  private static void encode(List<BufferedImage> frames, int delayMillis, OutputStream out)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        BufferedImage indexed = Quantiser.quantise(frames.get(i));
        IIOMetadata metadata = metadata(writer, indexed, delayMillis, i == 0);
        writer.writeToSequence(new IIOImage(indexed, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  private static IIOMetadata metadata(
      ImageWriter writer, BufferedImage frame, int delayMillis, boolean first) throws IOException {
    // Not ImageTypeSpecifier.createFromRenderedImage: that one forgets the frame's palette.
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    int ticks = Math.round(delayMillis / (float) MILLIS_PER_TICK);
    control.setAttribute("delayTime", Integer.toString(ticks));
    if (first) {
      child(root, "ApplicationExtensions").appendChild(loopForEver());
    }
    metadata.setFromTree(format, root);
    return metadata;
  }

  /** Netscape's extension, which every viewer follows: sub-block 1 with a count of 0. */
  private static IIOMetadataNode loopForEver() {
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(new byte[] {1, 0, 0});
    return loop;
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    if (root.getElementsByTagName(name).item(0) instanceof IIOMetadataNode found) {
      return found;
    }
    IIOMetadataNode made = new IIOMetadataNode(name);
    root.appendChild(made);
    return made;
  }

  private static void check(List<BufferedImage> frames, int delayMillis) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("an animation needs at least one frame");
    }
    if (delayMillis < SHORTEST_DELAY) {
      throw new IllegalArgumentException(
          "a delay of " + delayMillis + " ms is below " + SHORTEST_DELAY + " ms");
    }
    int height = frames.get(0).getHeight();
    int width = frames.get(0).getWidth();
    for (BufferedImage frame : frames) {
      if (frame.getHeight() != height || frame.getWidth() != width) {
        throw new IllegalArgumentException(
            String.format(
                "a frame of %d×%d pixels among frames of %d×%d",
                frame.getHeight(), frame.getWidth(), height, width));
      }
    }
  }
}
