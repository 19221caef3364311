package tsugiki.score;

import java.util.function.Consumer;

/** What has to be said about figures of few images. */
final class SmallSamples {
  /** From as many images on, published Fréchet distances are taken for stable. */
  private static final int FID_IMAGES = 10_000;

  /** Images a side, or in a split, below which a figure moves with every draw of the images. */
  private static final int IMAGES = 1_000;

  private SmallSamples() {}

  static void fid(ScoreSide real, ScoreSide generated, Consumer<String> notes) {
    long least = Math.min(real.count(), generated.count());
    int dimensions = real.dimensions();
    if (least == 0) {
      notes.accept("fid: the statistics do not say how many images are behind them.");
    } else if (least <= dimensions) {
      notes.accept(
          "fid: %d images for %d dimensions leave a singular covariance; the figure is far above that of many images and compares only with figures of as many images."
              .formatted(least, dimensions));
    } else if (least < FID_IMAGES) {
      notes.accept(
          "fid: of %d images it is biased upwards; compare only with figures of as many images, and take %,d for published ones."
              .formatted(least, FID_IMAGES));
    }
  }

  static void kid(int real, int generated, Consumer<String> notes) {
    int least = Math.min(real, generated);
    if (least < IMAGES) {
      notes.accept(
          "kid: unbiased, but of %d images it varies much from draw to draw and may be negative; --bootstrap shows by how much."
              .formatted(least));
    }
  }

  static void kmmd(int real, int generated, Consumer<String> notes) {
    int least = Math.min(real, generated);
    if (least < IMAGES) {
      notes.accept(
          "kmmd: of %d images it is biased upwards, two sets of one distribution do not reach 0; compare only with figures of as many images."
              .formatted(least));
    }
  }

  static void prdc(int real, int generated, Consumer<String> notes) {
    int least = Math.min(real, generated);
    if (least < IMAGES) {
      notes.accept(
          "precision, recall, density, coverage: of %d images the balls are wide; compare only with figures of as many images and the same k."
              .formatted(least));
    }
    if (real != generated) {
      notes.accept(
          "recall, coverage: they depend on the number of images, which differs between the sides.");
    }
  }

  static void classes(
      ClassProbabilities classes, InceptionScore.Result result, Consumer<String> notes) {
    if (result.images() / result.splits() < IMAGES) {
      notes.accept(
          "%s: %d images in %d splits are fewer than 1,000 a split; the score is far below that of many images."
              .formatted(classes.score(), result.images(), result.splits()));
    }
    boolean named = classes.score().equals(ClassProbabilities.INCEPTION);
    if (named && result.classes() != ClassProbabilities.INCEPTION_CLASSES) {
      notes.accept(
          "is: probabilities of %d classes are not the 1,008 of the 2015 Inception network; the score does not compare with published ones."
              .formatted(result.classes()));
    }
  }
}
