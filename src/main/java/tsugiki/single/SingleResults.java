package tsugiki.single;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import tsugiki.data.RgbImage;
import tsugiki.gan.Interpolation;
import tsugiki.gan.NearestImages;
import tsugiki.report.AnimatedGif;
import tsugiki.report.Pictures;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.train.RunDirectory;

/**
 * The pictures that a training on one image ends with: its reconstruction, samples, and those of
 * its mode.
 *
 * @param options of the run
 * @param input of the run
 * @param sampler of the trained pyramid
 * @param training which has ended
 */
record SingleResults(
    SingleOptions options,
    SingleRun.Input input,
    PyramidSampler sampler,
    PyramidTraining training) {
  private static final int MILLIS_PER_FRAME = 100;

  /**
   * Writes them.
   *
   * @param drawn samples of the full size, as many as are wanted
   */
  void write(RunDirectory run, List<RgbImage> drawn) {
    RgbImage reconstruction =
        sampler.draw(training.reconstruction(), sampler.architecture().full());
    Pictures.writePng(StagePictures.of(reconstruction), run.resolve("reconstruction.png"));
    samples(run.resolve("samples"), drawn);
    interpolation(run.resolve(Interpolation.FILE));
    RgbImage image = input.images().of(input.images().sizes().stages() - 1);
    Pictures.writePng(NearestSamples.picture(image, drawn), run.resolve(NearestImages.FILE));
    double factor = options.watch().factor();
    input.naive().ifPresent(naive -> naive.drawInto(run.path(), sampler, -1, factor));
    long seed = options.training().seed();
    if (options.mode() == SingleMode.SUPER_RESOLVE) {
      int last = input.images().sizes().stages() - 1;
      RgbImage larger = sampler.superResolved(input.images().of(last), factor, seed);
      Pictures.writePng(StagePictures.of(larger), run.resolve("super-resolved.png"));
    }
    if (options.mode() == SingleMode.ANIMATE) {
      List<RgbImage> frames = Walk.standard().draw(sampler, training.reconstruction(), seed);
      AnimatedGif.write(
          frames.stream().map(StagePictures::of).toList(),
          MILLIS_PER_FRAME,
          run.resolve("animation.gif"));
    }
  }

  /** From the first random image to the second one. */
  private void interpolation(Path file) {
    long seed = options.training().seed();
    List<RgbImage> frames =
        IntStream.range(0, Interpolation.FRAMES)
            .mapToObj(i -> i / (Interpolation.FRAMES - 1.0))
            .map(way -> training.first().between(seed, seed + 1, way))
            .map(between -> sampler.draw(between, sampler.architecture().full()))
            .toList();
    Pictures.writePng(StagePictures.grid(frames, Interpolation.FRAMES), file);
  }

  private void samples(Path folder, List<RgbImage> drawn) {
    SingleWatchOptions watch = options.watch();
    Size size = sampler.architecture().sized(watch.width(), watch.height());
    boolean drawnBefore = size.equals(sampler.architecture().full());
    emptied(folder);
    StagePictures.into(
        folder,
        size,
        watch.count(),
        drawnBefore
            ? drawn::get
            : i -> sampler.draw(training.first().random(options.training().seed() + i), size));
  }

  /** A resumed run may have written them before. */
  private static void emptied(Path folder) {
    try {
      FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
