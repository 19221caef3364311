package tsugiki.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.features.Features;
import tsugiki.report.ImageGrid;
import tsugiki.score.Bootstrap;
import tsugiki.score.Kid;
import tsugiki.score.KidProbe;
import tsugiki.score.Memorisation;
import tsugiki.train.RunDirectory;

/**
 * The scores of the generator that a training keeps, with their intervals, and the training images
 * that its samples are nearest to. Of many training images as many are searched as scores take.
 */
final class FinalScores {
  /** The columns of {@link #rows}. */
  static final List<String> HEADER = List.of("", "value", "95 % interval");

  private final KidProbe probe;
  private final int[] searched;
  private final ImageSet images;
  private final Features training;
  private final List<List<String>> rows;

  /**
   * Scores the images that the probe has seen last, or new ones where it has seen none, or where
   * the training keeps another moment than its last.
   *
   * @param input of the run
   */
  static FinalScores of(KidProbe probe, GanTraining training, GanInput input) {
    Features generated =
        probe
            .last()
            .filter(last -> training.best().isEmpty())
            .orElseGet(
                () -> probe.features(training.kept(() -> training.drawSpread(probe.count()))));
    return new FinalScores(probe, input, generated);
  }

  private FinalScores(KidProbe probe, GanInput input, Features generated) {
    this.probe = probe;
    images = input.images();
    if (images == input.reals()) {
      searched = probe.chosen();
      training = probe.real();
    } else {
      searched = new Batches(images, Math.min(probe.count(), images.count()), 0).indices(0);
      training = probe.features(images.select(searched));
    }
    rows = compute(generated);
  }

  /** Names, values and intervals of the scores. */
  List<List<String>> rows() {
    return rows;
  }

  private List<List<String>> compute(Features generated) {
    Bootstrap bootstrap = Bootstrap.forPage();
    List<List<String>> found = new ArrayList<>();
    found.add(
        List.of(
            probe.name(),
            number(Kid.allSamples(probe.real(), generated).value(), 5),
            Kid.interval(probe.real(), generated, bootstrap).words(5)));
    if (training.count() > 1) {
      Memorisation.Result copies = Memorisation.of(training, generated);
      found.add(
          List.of(
              "share of copies", number(copies.share(), 3), copies.interval(bootstrap).words(3)));
    }
    return found;
  }

  /** What the rows are, in words. */
  String words() {
    return "An image is a copy if its nearest training image is as near as that image is to another training image; of new images of the same kind that holds for a half to two thirds. %d of %d training images were searched. %s"
        .formatted(searched.length, images.count(), Bootstrap.pageWords());
  }

  /**
   * Writes {@code nearest.png}, unless there is a single training image.
   *
   * @param samples uint8 NHWC
   */
  void nearest(byte[] samples, RunDirectory run) {
    if (training.count() > 1) {
      ImageGrid.write(
          NearestImages.picture(
              samples,
              images.select(searched),
              Memorisation.of(training, probe.features(samples)).pairs()),
          run.resolve(NearestImages.FILE));
    }
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
