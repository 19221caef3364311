package tsugiki.score;

import java.util.List;
import java.util.function.Consumer;
import tsugiki.base.Counted;

/** Adds notes to figures of few images. */
final class SmallSamples {
  /** From as many images on, Fréchet distances are published. */
  private static final int FID_IMAGES = 10_000;

  /** Images per side, or per split, below which a figure moves with every draw of the images. */
  private static final int IMAGES = 1_000;

  /** Images below which the mean distance of all pairs depends on single images. */
  private static final int LPIPS_IMAGES = 20;

  /** Images per side below which the worst of many frequencies is high by chance. */
  private static final int SPECTRUM_IMAGES = 400;

  private SmallSamples() {}

  private static String images(long count) {
    return Counted.of(count, "image");
  }

  static void fid(ScoreSide real, ScoreSide generated, Consumer<String> notes) {
    long least = Math.min(real.count(), generated.count());
    int dimensions = real.dimensions();
    if (least == 0) {
      notes.accept("fid: the statistics do not say how many images are behind them.");
    } else if (least <= dimensions) {
      notes.accept(
          "fid: the covariance of %s in %d dimensions is singular; the figure is far above that of many images and compares only with figures of as many images."
              .formatted(images(least), dimensions));
    } else if (least < FID_IMAGES) {
      notes.accept(
          "fid: of %s it is biased upwards; compare only with figures of as many images, and take %,d for published ones."
              .formatted(images(least), FID_IMAGES));
    }
  }

  static void positions(
      String name, List<FrechetDistance.Result> distances, Consumer<String> notes) {
    long least =
        distances.stream()
            .mapToLong(each -> Math.min(each.real(), each.generated()))
            .min()
            .orElse(0);
    if (least <= Sifid.CHANNELS) {
      notes.accept(
          "%s: the covariance of %s of the smallest image in %d channels is singular; compare only with figures of images as small."
              .formatted(name, Counted.of(least, "position"), Sifid.CHANNELS));
    }
  }

  static void lpips(int images, Consumer<String> notes) {
    if (images < LPIPS_IMAGES) {
      notes.accept(
          "lpips: of %s it is unbiased, but varies much from draw to draw; take %d or more."
              .formatted(images(images), LPIPS_IMAGES));
    }
  }

  static void spectrum(int images, Consumer<String> notes) {
    if (images < SPECTRUM_IMAGES) {
      notes.accept(
          "spectrum: of %s the worst of many frequencies is high by chance; take %d or more of either side."
              .formatted(images(images), SPECTRUM_IMAGES));
    }
  }

  static void kid(int real, int generated, Consumer<String> notes) {
    int least = Math.min(real, generated);
    if (least < IMAGES) {
      notes.accept(
          "kid: unbiased, but of %s it varies much from draw to draw and may be negative; a bootstrap shows by how much."
              .formatted(images(least)));
    }
  }

  static void kmmd(int real, int generated, Consumer<String> notes) {
    int least = Math.min(real, generated);
    if (least < IMAGES) {
      notes.accept(
          "kmmd: of %s it is biased upwards, two sets of one distribution do not reach 0; compare only with figures of as many images."
              .formatted(images(least)));
    }
  }

  static void prdc(int real, int generated, Consumer<String> notes) {
    int least = Math.min(real, generated);
    if (least < IMAGES) {
      notes.accept(
          "precision, recall, density, coverage: of %s the balls are wide; compare only with figures of as many images and the same k."
              .formatted(images(least)));
    }
    if (real != generated) {
      notes.accept(
          "recall, coverage: they depend on the number of images, which differs between the sides.");
    }
  }

  static void classes(
      String name, InceptionScore.Result result, boolean comparable, Consumer<String> notes) {
    if (result.images() / result.splits() < IMAGES) {
      notes.accept(
          "%s: %s in %s: fewer than 1,000 per split; the score is far below that of many images."
              .formatted(name, images(result.images()), Counted.of(result.splits(), "split")));
    }
    if (!name.equals(ClassProbabilities.INCEPTION)) {
      return;
    }
    if (result.classes() != ClassProbabilities.INCEPTION_CLASSES) {
      notes.accept(
          "is: probabilities of %d classes are not the 1,008 of the 2015 Inception network; the score does not compare with published ones."
              .formatted(result.classes()));
    } else if (!comparable) {
      notes.accept(
          "is: comparable with published scores only if the 1,008 probabilities are those of the published 2015 Inception network, which is not known of these.");
    }
  }
}
