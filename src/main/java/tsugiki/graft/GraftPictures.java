package tsugiki.graft;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tsugiki.data.ImageSet;
import tsugiki.gan.Interpolation;
import tsugiki.gan.NearestImages;
import tsugiki.report.ImageGrid;
import tsugiki.report.Pictures;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.score.Memorisation;
import tsugiki.train.Picture;
import tsugiki.train.RunDirectory;

/** The pictures of a graft. */
final class GraftPictures {
  private static final int COLUMNS = 8;
  private static final int FIXED = 32;
  private static final int MOST_SHOWN = 100;
  private static final int GAP = 2;

  private final GraftTraining training;
  private final ImageSet images;
  private final byte[] shown;
  private final int shownCount;
  private final double truncation;
  private final int size;
  private final int scale;

  GraftPictures(GraftOptions options, GraftTraining training, ImageSet images) {
    this.training = training;
    this.images = images;
    this.shownCount = Math.min(images.count(), MOST_SHOWN);
    this.shown = images.select(IntStream.range(0, shownCount).toArray()).pixels();
    this.truncation = options.watch().truncation();
    this.size = images.size();
    this.scale = Pictures.readableScale(size, size);
  }

  /** Samples of latent vectors cut at the truncation, uint8 NHWC; image i is that of seed i. */
  byte[] truncated(int count) {
    return training.draw(latents(0, count));
  }

  /** Writes {@code reals.png}, the training images. */
  void reals(RunDirectory run) {
    ImageGrid.write(grid(shown, shownCount), run.resolve("reals.png"));
  }

  /** The same latent vectors at every step, and every training image beside its reconstruction. */
  List<Picture> ofStep() {
    return List.of(
        Picture.kept("samples", grid(truncated(FIXED), FIXED)),
        Picture.shown("reconstruction", reconstruction()));
  }

  /** The first training images, each beside what its latent vector gives. */
  private BufferedImage reconstruction() {
    float[] latents = Arrays.copyOf(training.latents(), shownCount * training.latent());
    return ImageGrid.pairs(
        shown, training.draw(latents), shownCount, size, size, COLUMNS / 2, GAP, scale);
  }

  /**
   * Writes {@code samples.png}, {@code reconstruction.png} and {@code interpolation.png}, and
   * {@code nearest.png} where there are scores to tell what is near.
   */
  void results(RunDirectory run, GraftScores scores) {
    byte[] samples = truncated(2 * FIXED);
    ImageGrid.write(grid(samples, 2 * FIXED), run.resolve("samples.png"));
    List<Memorisation.Pair> closest = scores.closest(samples);
    if (!closest.isEmpty()) {
      ImageGrid.write(
          NearestImages.picture(samples, images, closest), run.resolve(NearestImages.FILE));
    }
    ImageGrid.write(reconstruction(), run.resolve("reconstruction.png"));
    ImageGrid.write(interpolation(), run.resolve(Interpolation.FILE));
  }

  private BufferedImage interpolation() {
    return Interpolation.picture(
        training.draw(
            Interpolation.latents(Interpolation.walks(size), training.latent(), truncation, 0)),
        size);
  }

  private float[] latents(long from, int count) {
    return LatentDraws.normal(
        training.latent(), truncation, LongStream.range(from, from + count).toArray());
  }

  private BufferedImage grid(byte[] nhwc, int count) {
    return ImageGrid.of(nhwc, count, size, size, COLUMNS, GAP, scale);
  }
}
