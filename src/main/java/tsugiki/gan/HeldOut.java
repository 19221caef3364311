package tsugiki.gan;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.Counted;
import tsugiki.data.BadImagePolicy;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;

/**
 * The images of a training, and those that only its scores see.
 *
 * @param training trained on
 * @param judging compared with; the same images where none are held out
 */
record HeldOut(ImageSet training, ImageSet judging) {
  /** A kernel distance needs two images. */
  static final int FEWEST = 2;

  /**
   * Holds images out. Which ones of a share does not depend on the training's seed, so that
   * trainings of several seeds can be compared.
   *
   * @param images of the data
   * @param policy what becomes of images of another folder that cannot be used
   * @throws BadInputException if too few are left on either side, or a class has none to train on
   */
  static HeldOut of(ImageSet images, StoppingOptions options, BadImagePolicy policy) {
    if (!options.judged()) {
      return new HeldOut(images, images);
    }
    HeldOut parts =
        options.isShare()
            ? drawn(images, options)
            : new HeldOut(
                images,
                TrainingImages.load(Path.of(options.holdOut()), List.of(), images.size(), policy));
    if (parts.judging.count() < FEWEST) {
      throw new BadInputException(
          "⟨holdOut⟩ %s%s gives %s; a score needs %d at least"
              .formatted(
                  options.holdOut(),
                  options.isShare() ? " of %d images".formatted(images.count()) : "",
                  Counted.of(parts.judging.count(), "image"),
                  FEWEST));
    }
    return parts;
  }

  private static HeldOut drawn(ImageSet images, StoppingOptions options) {
    int out = (int) Math.round(options.share() * images.count());
    int kept = images.count() - out;
    ImageSet training = images.select(Batches.part(images, 0, 0, kept));
    for (int label = 0; label < images.classNames().size(); label++) {
      int wanted = label;
      if (IntStream.of(training.labels()).noneMatch(l -> l == wanted)) {
        throw new BadInputException(
            "⟨holdOut⟩ %s of %d images leaves the class %s without an image to train on; hold less out"
                .formatted(options.holdOut(), images.count(), images.classNames().get(label)));
      }
    }
    return new HeldOut(training, images.select(Batches.part(images, 0, kept, images.count())));
  }
}
