package tsugiki.single;

import java.util.ArrayList;
import java.util.List;
import tsugiki.data.FloatImage;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.single.PyramidSizes.Size;

/**
 * The training image in the size of every stage, smallest first.
 *
 * @param sizes of the images
 * @param images one for each stage, as the networks read them: not rounded to bytes
 */
public record ImagePyramid(PyramidSizes sizes, List<FloatImage> images) {
  /** Copies the list. */
  public ImagePyramid {
    images = List.copyOf(images);
  }

  /**
   * Makes the pyramid of an image, as the authors of the method make it: what is resized is cut to
   * bytes before, and not after. So a stage is resized from bytes of the largest size, and the last
   * one is what the image was resized to; SinGAN resizes that once more, by a factor of 1, which
   * leaves its bytes.
   *
   * @throws tsugiki.base.BadInputException if the image is too small for its first stage
   */
  public static ImagePyramid of(RgbImage image, SingleOptions options) {
    PyramidOptions pyramid = options.pyramid();
    Size size = new Size(image.height(), image.width());
    PyramidSizes sizes =
        PyramidSizes.of(
            size,
            pyramid.stages() == 0
                ? PyramidSizes.stages(
                    size,
                    pyramid.minSize(),
                    pyramid.maxSize(),
                    pyramid.scaleFactor(),
                    options.mode() == SingleMode.SUPER_RESOLVE)
                : pyramid.stages(),
            pyramid.minSize(),
            pyramid.maxSize(),
            pyramid.spacing());
    FloatImage full = MatlabResizer.exact(image, sizes.whole());
    RgbImage bytes = full.bytes();
    int last = sizes.stages() - 1;
    List<FloatImage> images = new ArrayList<>();
    for (int stage = 0; stage < last; stage++) {
      images.add(MatlabResizer.exact(bytes, sizes.factors().get(stage)));
    }
    images.add(options.method() == SingleMethod.SINGAN ? FloatImage.of(bytes) : full);
    return new ImagePyramid(sizes, images);
  }

  /** The image of a stage as a picture. */
  public RgbImage of(int stage) {
    return images.get(stage).bytes();
  }

  /** The pixels of a stage as numbers in [−1, 1], [height, width, 3] row-major. */
  public float[] floats(int stage) {
    return images.get(stage).centred();
  }

  /** The images of all stages as pictures. */
  public List<RgbImage> pictures() {
    return images.stream().map(FloatImage::bytes).toList();
  }
}
