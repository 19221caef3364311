package tsugiki.single;

import java.util.List;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.single.PyramidSizes.Size;

/**
 * The training image in the size of every stage, smallest first.
 *
 * @param sizes of the images
 * @param images one for each stage
 */
public record ImagePyramid(PyramidSizes sizes, List<RgbImage> images) {
  /** Copies the list. */
  public ImagePyramid {
    images = List.copyOf(images);
  }

  /**
   * Makes the pyramid of an image.
   *
   * @throws tsugiki.base.BadInputException if the image is too small for its first stage
   */
  public static ImagePyramid of(RgbImage image, PyramidOptions options) {
    Size size = new Size(image.height(), image.width());
    PyramidSizes sizes =
        PyramidSizes.of(
            size,
            options.stages() == 0
                ? PyramidSizes.stages(
                    size, options.minSize(), options.maxSize(), options.scaleFactor())
                : options.stages(),
            options.minSize(),
            options.maxSize(),
            options.spacing());
    RgbImage full = MatlabResizer.resize(image, sizes.whole());
    return new ImagePyramid(
        sizes, sizes.factors().stream().map(factor -> MatlabResizer.resize(full, factor)).toList());
  }

  /** The image of a stage. */
  public RgbImage of(int stage) {
    return images.get(stage);
  }

  /** The pixels of a stage as numbers in [−1, 1], [height, width, 3] row-major. */
  public float[] floats(int stage) {
    return floats(of(stage));
  }

  /** The pixels of an image as numbers in [−1, 1], [height, width, 3] row-major. */
  public static float[] floats(RgbImage image) {
    float[] values = new float[image.rgb().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(image.rgb()[i]) / 127.5f - 1;
    }
    return values;
  }
}
