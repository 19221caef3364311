package tsugiki.single;

import java.nio.file.Path;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.report.Pictures;
import tsugiki.single.PyramidSizes.Size;

/**
 * An image to harmonize or to edit, in which something was pasted or moved, and where that is. It
 * may have another size than the image that the generator has learned.
 *
 * @param image at most as large as a training image may be
 * @param mask white where the generator's image is wanted, of the same size; none for everywhere
 */
public record NaiveImage(RgbImage image, Optional<RgbImage> mask) {
  /**
   * Opens both.
   *
   * @param mask its file, or null for none
   * @param maxSize the longer side in pixels that the image is brought to, if it is longer
   * @throws BadInputException if a file is no image, or the mask has another size
   */
  public static NaiveImage open(Path naive, Path mask, int maxSize) {
    RgbImage image = ImageSource.single("naive", naive);
    RgbImage where = mask == null ? null : ImageSource.single("mask", mask);
    if (where != null && (where.height() != image.height() || where.width() != image.width())) {
      throw new BadInputException(
          "⟨mask⟩ %s is %d×%d pixels, and ⟨naive⟩ %s is %d×%d; give a mask of the image's size"
              .formatted(
                  mask, where.width(), where.height(), naive, image.width(), image.height()));
    }
    double factor = Math.min(1, (double) maxSize / Math.max(image.height(), image.width()));
    return new NaiveImage(
        MatlabResizer.resize(image, factor),
        Optional.ofNullable(where).map(found -> MatlabResizer.resize(found, factor)));
  }

  /**
   * The image as the generator changes it, blended into it by the mask.
   *
   * @param sampler of a generator that was trained to harmonize or to edit
   * @throws BadInputException if the generator was trained for something else
   */
  public RgbImage changed(PyramidSampler sampler) {
    PyramidArchitecture architecture = sampler.architecture();
    if (!architecture.mode().changesImages()) {
      throw new BadInputException(
          "⟨naive⟩ needs a generator of the mode harmonize or edit, and this one is of the mode %s"
              .formatted(architecture.mode()));
    }
    Size size = new Size(image.height(), image.width());
    Size smallest = architecture.sizesFor(size).get(0);
    RgbImage first = MatlabResizer.resize(image, smallest.height(), smallest.width());
    float[] input = ImagePyramid.floats(first);
    if (architecture.mode() == SingleMode.EDIT) {
      input =
          FirstInputs.noisy(
              input, FirstInputs.noise(architecture.seed(), PyramidTraining.FIXED, first));
    }
    RgbImage drawn =
        sampler.draw(
            PyramidNoise.of(input, new NoiseBlocks(architecture.seed(), PyramidTraining.FIXED)),
            size);
    return mask.map(where -> SoftMask.of(where, architecture.mode()).blend(image, drawn))
        .orElse(drawn);
  }

  /**
   * Draws {@link #changed} into {@code image.png}.
   *
   * @param folder a new run's or an empty one
   * @return the file's name
   */
  public String drawInto(Path folder, PyramidSampler sampler) {
    String file = "image.png";
    Pictures.writePng(StagePictures.of(changed(sampler)), folder.resolve(file));
    return file;
  }
}
