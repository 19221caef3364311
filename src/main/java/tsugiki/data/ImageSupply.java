package tsugiki.data;

import java.util.function.IntFunction;

/**
 * Images in a fixed order, each made on demand: read from a file, cut out of an array, or painted.
 * Several threads may read at a time.
 */
public interface ImageSupply {
  /** The number of images. */
  int count();

  /**
   * One image.
   *
   * @param index 0 to {@link #count} − 1
   * @param buffers gives a buffer of a length; the image's samples lie in one of them
   * @throws tsugiki.base.BadInputException if it cannot be read
   */
  RgbImage read(int index, IntFunction<byte[]> buffers);

  /** The name of an image in messages. */
  String describe(int index);

  /**
   * The images of an array, such as samples that a generator gave.
   *
   * @param name their name in messages
   * @param pixels uint8 RGB [N, size, size, 3], not to be written to meanwhile
   * @param size the side in pixels
   * @throws IllegalArgumentException if the array is no whole number of images
   */
  static ImageSupply of(String name, byte[] pixels, int size) {
    int length = size * size * RgbImage.CHANNELS;
    if (pixels.length % length != 0) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are no whole number of images of side " + size);
    }
    return new ImageSupply() {
      @Override
      public int count() {
        return pixels.length / length;
      }

      @Override
      public RgbImage read(int index, IntFunction<byte[]> buffers) {
        byte[] rgb = buffers.apply(length);
        System.arraycopy(pixels, index * length, rgb, 0, length);
        return new RgbImage(describe(index), size, size, rgb);
      }

      @Override
      public String describe(int index) {
        return "image " + index + " of " + name;
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
