package tsugiki.single;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Tensors;

/**
 * Features of a stage, or a part of them.
 *
 * @param height rows
 * @param width columns
 * @param channels numbers per pixel
 * @param values [height, width, channels], row-major
 */
record FeatureMap(int height, int width, int channels, float[] values) {
  /**
   * A map of zeros.
   *
   * @throws BadInputException if no array is that large
   */
  static FeatureMap empty(int height, int width, int channels) {
    return new FeatureMap(height, width, channels, new float[count(height, width, channels)]);
  }

  /**
   * The numbers of a map.
   *
   * @throws BadInputException if no array or all of Java's memory does not hold them
   */
  static int count(int height, int width, int channels) {
    long count = (long) height * width * channels;
    if (count > Integer.MAX_VALUE - 8 || count * Float.BYTES > Runtime.getRuntime().maxMemory()) {
      throw new BadInputException(
          "⟨width⟩ and ⟨height⟩ give a stage of %d×%d pixels and %d channels, more than Java's memory holds; give a smaller size"
              .formatted(width, height, channels));
    }
    return (int) count;
  }

  /** The rows and columns of a rectangle: a copy, or this map where that is all of it. */
  FeatureMap part(int top, int left, int partHeight, int partWidth) {
    if (partHeight == height && partWidth == width) {
      return this;
    }
    FeatureMap part = empty(partHeight, partWidth, channels);
    int line = partWidth * channels;
    for (int y = 0; y < partHeight; y++) {
      System.arraycopy(values, ((top + y) * width + left) * channels, part.values, y * line, line);
    }
    return part;
  }

  /** Overwrites a rectangle. */
  void put(int top, int left, FeatureMap part) {
    int line = part.width * channels;
    for (int y = 0; y < part.height; y++) {
      System.arraycopy(part.values, y * line, values, ((top + y) * width + left) * channels, line);
    }
  }

  /** The map as a batch of one; the caller closes it. */
  TFloat32 tensor() {
    return Tensors.floats(Shape.of(1, height, width, channels), values);
  }
}
