package tsugiki.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/** A list of named image files in a folder or zip. Several threads may read. */
interface ImageFiles extends Closeable {
  /** Names in order, relative to the place, with '/' between folders. */
  List<String> names();

  /** The other files of the place. */
  LeftOutFiles leftOut();

  /** What to call a file in a sentence for the user, so that it can be found. */
  String describe(String name);

  /**
   * Reads a whole file.
   *
   * @throws IOException if it cannot be read
   * @throws tsugiki.base.BadInputException if it is too large
   */
  byte[] read(String name) throws IOException;

  /**
   * Reads an image.
   *
   * @param buffers gives a buffer of a length; the samples lie in one of them
   * @throws IOException if it cannot be read
   * @throws tsugiki.base.BadInputException if it is too large or cannot be decoded
   */
  default RgbImage image(String name, IntFunction<byte[]> buffers) throws IOException {
    return ImageDecoder.decode(describe(name), read(name), buffers).named(name);
  }
}
