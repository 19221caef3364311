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
 * An image that a generator changes, such as one in which something was pasted, and where that is.
 * It may have another size than the image that the generator has learned.
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
   * What a generator makes of the image: harmonized, edited or painted, blended into it by the
   * mask, or larger.
   *
   * @param stage of SinGAN's stages the first that draws, from 1; −1 for the mode's
   * @param factor how many times as large, for a generator that super-resolves
   * @throws BadInputException if the generator was trained for something else
   */
  public RgbImage changed(PyramidSampler sampler, int stage, double factor) {
    PyramidArchitecture architecture = sampler.architecture();
    SingleMode mode = architecture.mode();
    boolean enlarges = mode == SingleMode.SUPER_RESOLVE;
    if (stage >= 1 && (enlarges || architecture.method() != SingleMethod.SINGAN)) {
      throw new BadInputException(
          "⟨startStage⟩ is for a generator of singan in the mode harmonize, edit or paint, and this one is of %s in the mode %s; leave it out"
              .formatted(architecture.method(), mode));
    }
    if (enlarges && mask.isPresent()) {
      throw new BadInputException(
          "⟨mask⟩ says where an image was changed, and a generator of the mode %s enlarges all of it; leave it out"
              .formatted(mode));
    }
    if (enlarges) {
      return sampler.superResolved(image, factor, architecture.seed());
    }
    if (!mode.changesImages() && mode != SingleMode.PAINT) {
      throw new BadInputException(
          "⟨naive⟩ needs a generator of the mode harmonize, edit, paint or super-resolve, and this one is of the mode %s"
              .formatted(mode));
    }
    RgbImage drawn =
        architecture.method() == SingleMethod.SINGAN
            ? sampler.drawFrom(
                startStage(architecture, stage),
                image,
                PyramidNoise.random(architecture.seed()),
                size())
            : throughAllStages(sampler);
    return mask.map(where -> SoftMask.of(where, mode).blend(image, drawn)).orElse(drawn);
  }

  private Size size() {
    return new Size(image.height(), image.width());
  }

  private static int startStage(PyramidArchitecture architecture, int stage) {
    int last = architecture.stages() - 1;
    if (stage > last) {
      throw new BadInputException(
          "⟨startStage⟩ is %d, and the model has %d stages; give a number from 2 to %d"
              .formatted(stage + 1, last + 1, last + 1));
    }
    return stage >= 1 ? stage : architecture.mode().startStage(architecture.stages());
  }

  /** ConSinGAN has learned to undo changes from its first stage on. */
  private RgbImage throughAllStages(PyramidSampler sampler) {
    PyramidArchitecture architecture = sampler.architecture();
    Size smallest = architecture.sizesFor(size()).get(0);
    float[] input = FirstInputs.given(architecture.mode(), image, smallest, architecture.seed());
    return sampler.draw(
        PyramidNoise.of(input, new NoiseBlocks(architecture.seed(), PyramidTraining.FIXED)),
        size());
  }

  /**
   * Draws {@link #changed} into {@code image.png}.
   *
   * @param folder a new run's or an empty one
   * @return the file's name
   */
  public String drawInto(Path folder, PyramidSampler sampler, int stage, double factor) {
    String file = "image.png";
    Pictures.writePng(StagePictures.of(changed(sampler, stage, factor)), folder.resolve(file));
    return file;
  }
}
