package tsugiki.augmentation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tsugiki.base.BadInputException;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.StoppingOptions;
import tsugiki.score.PrecisionRecall;
import tsugiki.train.RunInputs;

/**
 * The images of a study: those that every training sees, and those that only scores see. Where the
 * scores over time choose the moment that is kept, they and the scores of the table have a half of
 * the others each, so that a generator is not scored by the images that have chosen it.
 *
 * @param training trained on
 * @param judging what scores over time are drawn from; the training images where none are held out
 * @param scoring what the scores of the table are drawn from; the same where none are held out
 * @param most the most images that a score compares with
 * @param stopping of every training
 */
record StudyImages(
    ImageSet training, ImageSet judging, ImageSet scoring, int most, StoppingOptions stopping) {
  /** Precision and recall need an image more than the neighbours whose distance is a ball's. */
  static final int FEWEST = PrecisionRecall.DEFAULT_NEIGHBOURS + 1;

  /** Which images belong to which part does not depend on the trainings' seeds. */
  private static final int ORDER = 0;

  /**
   * Decodes and draws them.
   *
   * @throws BadInputException if images are missing, or none are held out and some must be
   */
  static StudyImages of(AugmentationStudyOptions options) {
    GanRunOptions gan = options.gan();
    int size = gan.network().imageSize();
    ImageSet all = TrainingImages.load(gan.data(), gan.classes(), size, gan.onBadImage());
    int count = options.images() == 0 ? all.count() : Math.min(options.images(), all.count());
    ImageSet training = part(all, 0, count);
    if (!options.holdOut().isEmpty()) {
      ImageSet others =
          TrainingImages.load(Path.of(options.holdOut()), List.of(), size, gan.onBadImage());
      return heldOut(training, others, options.holdOut(), options);
    }
    int left = all.count() - count;
    if (left == 0 || left < FEWEST && options.stopAfter() == 0) {
      return notHeldOut(training, options);
    }
    String share = String.format(Locale.ROOT, "%s%%", 100.0 * left / all.count());
    return heldOut(training, part(all, count, all.count()), share, options);
  }

  /** What the study reads, which is the same when it goes on. */
  RunInputs inputs() {
    return new RunInputs()
        .images("training images", training)
        .images("images that scores over time compare with", judging)
        .images("images that scores compare with", scoring);
  }

  private static StudyImages notHeldOut(ImageSet training, AugmentationStudyOptions options) {
    if (options.stopAfter() > 0) {
      throw new BadInputException(
          "⟨stopAfter⟩ counts scores against images that no training sees, and all %d are trained on; give fewer ⟨images⟩, or other images by ⟨holdOut⟩"
              .formatted(training.count()));
    }
    refuseFewer(training.count(), FEWEST, "training", "a score");
    int most = options.gan().watch().scoreImages();
    return new StudyImages(training, training, training, most, StoppingOptions.defaults());
  }

  private static StudyImages heldOut(
      ImageSet training, ImageSet others, String share, AugmentationStudyOptions options) {
    boolean stops = options.stopAfter() > 0;
    refuseFewer(training.count(), 2, "training", "a score");
    // The half that chooses may have one less.
    int least = stops ? 2 * FEWEST - 1 : FEWEST;
    refuseFewer(others.count(), least, "held-out", stops ? "⟨stopAfter⟩" : "a score");
    int half = others.count() / 2;
    int most = options.gan().watch().scoreImages();
    return stops
        ? new StudyImages(
            training,
            part(others, 0, half),
            part(others, half, others.count()),
            most,
            new StoppingOptions(share, options.stopAfter()))
        : new StudyImages(training, others, others, most, StoppingOptions.defaults());
  }

  private static void refuseFewer(int count, int least, String what, String use) {
    if (count < least) {
      throw new BadInputException(
          "the number of %s images is %d; %s needs %d at least".formatted(what, count, use, least));
    }
  }

  private static ImageSet part(ImageSet images, int from, int to) {
    return images.select(Batches.part(images, ORDER, from, to));
  }

  /** Whether scores compare with images that no training sees. */
  boolean heldOut() {
    return scoring != training;
  }

  /** Whether scores over time end trainings and choose what they keep. */
  boolean stops() {
    return stopping.stopAfter() > 0;
  }

  /** The images that the scores of the table compare with, the same for every generator. */
  ImageSet compared() {
    return scoring.count() > most
        ? scoring.select(new Batches(scoring, most, ORDER).indices(0))
        : scoring;
  }

  /** What the scores of the table compare with, in words. */
  String against() {
    return heldOut()
        ? "%s images that no training has seen%s"
            .formatted(
                counted(scoring, ""),
                stops() ? " and that have not chosen the moment that is kept" : "")
        : "%s training images themselves, since none are held out"
            .formatted(counted(scoring, "the "));
  }

  /** What scores over time compare with, in words. */
  String againstOverTime() {
    String which =
        heldOut()
            ? "%s%s images that no training has seen"
                .formatted(counted(judging, ""), stops() ? " other" : "")
            : counted(judging, "the ") + " training images, which every training sees";
    // As the probe of a training draws them.
    String drawn =
        judging.count() > most
            ? ", which each training draws by its seed, so that trainings of different seeds compare with different images"
            : "";
    return which + drawn + (stops() ? "; they choose the moment that is kept" : "");
  }

  /** How many images are compared with and, where there are more, of how many. */
  private String counted(ImageSet images, String article) {
    String all = article + images.count();
    return images.count() > most ? most + " of " + all : all;
  }
}
