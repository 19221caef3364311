package tsugiki.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Images that lie one after another in an array, as MNIST and CIFAR-10 are published. An image is
 * named {@code CLASS/000123.png} by its class and its place in the array, and its file is a PNG
 * that is made on demand.
 */
final class ArrayFiles implements ImageFiles {
  private static final String NAME = "%s/%06d.png";

  private final String description;
  private final ArrayImages images;
  private final List<String> names;

  /**
   * Takes an array.
   *
   * @param description what to call it in a sentence for the user
   * @param classes the class of each image
   */
  ArrayFiles(String description, ArrayImages images, List<String> classes) {
    this.description = description;
    this.images = images;
    names =
        IntStream.range(0, classes.size())
            .mapToObj(i -> String.format(Locale.ROOT, NAME, classes.get(i), i))
            .sorted()
            .toList();
  }

  /**
   * The samples of images of one size.
   *
   * @param height in pixels
   * @param width in pixels
   * @param samples all images' samples
   * @param first where an image's samples begin, by its place
   * @param channel the distance from one channel's sample to the next one's; 0 for grey images
   * @param pixel the distance from one pixel's sample to the next one's
   */
  record ArrayImages(int height, int width, byte[] samples, int[] first, int channel, int pixel) {
    byte[] rgb(int image, IntFunction<byte[]> buffers) {
      byte[] rgb = buffers.apply(height * width * RgbImage.CHANNELS);
      for (int i = 0; i < rgb.length; i++) {
        int at = i / RgbImage.CHANNELS * pixel + i % RgbImage.CHANNELS * channel;
        rgb[i] = samples[first[image] + at];
      }
      return rgb;
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public LeftOutFiles leftOut() {
    // What lies beside the arrays are the other files of the published dataset.
    return new LeftOutFiles();
  }

  @Override
  public String describe(String name) {
    return "image %d of %s".formatted(place(name), description);
  }

  private static int place(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.')));
  }

  @Override
  public byte[] read(String name) throws IOException {
    byte[] rgb = images.rgb(place(name), byte[]::new);
    BufferedImage picture =
        new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_INT_RGB);
    int[] samples = new int[rgb.length];
    Arrays.setAll(samples, i -> Byte.toUnsignedInt(rgb[i]));
    picture.getRaster().setPixels(0, 0, images.width(), images.height(), samples);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(picture, "png", stream);
    }
    return out.toByteArray();
  }

  @Override
  public RgbImage image(String name, IntFunction<byte[]> buffers) {
    return new RgbImage(name, images.height(), images.width(), images.rgb(place(name), buffers));
  }

  @Override
  public void close() {
    // The array is in memory.
  }
}
