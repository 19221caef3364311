package tsugiki.single;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import tsugiki.data.RgbImage;
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
 * @param noise that reconstructs the training image
 */
record SingleResults(
    SingleOptions options, SingleRun.Input input, PyramidSampler sampler, PyramidNoise noise) {
  private static final int MILLIS_PER_FRAME = 100;

  /**
   * Writes them.
   *
   * @param drawn samples of the full size that the last stage has drawn already, possibly none
   */
  void write(RunDirectory run, List<RgbImage> drawn) {
    RgbImage reconstruction = sampler.draw(noise, sampler.architecture().full());
    Pictures.writePng(StagePictures.of(reconstruction), run.resolve("reconstruction.png"));
    samples(run.resolve("samples"), drawn);
    double factor = options.watch().factor();
    input.naive().ifPresent(naive -> naive.drawInto(run.path(), sampler, -1, factor));
    long seed = options.training().seed();
    if (options.mode() == SingleMode.SUPER_RESOLVE) {
      int last = input.images().sizes().stages() - 1;
      RgbImage larger = sampler.superResolved(input.images().of(last), factor, seed);
      Pictures.writePng(StagePictures.of(larger), run.resolve("super-resolved.png"));
    }
    if (options.mode() == SingleMode.ANIMATE) {
      List<RgbImage> frames = Walk.standard().draw(sampler, noise, seed);
      AnimatedGif.write(
          frames.stream().map(StagePictures::of).toList(),
          MILLIS_PER_FRAME,
          run.resolve("animation.gif"));
    }
  }

  private void samples(Path folder, List<RgbImage> drawn) {
    SingleWatchOptions watch = options.watch();
    Size size = sampler.architecture().sized(watch.width(), watch.height());
    // A resumed run whose steps were all done has none.
    boolean drawnBefore =
        size.equals(sampler.architecture().full()) && drawn.size() == watch.count();
    emptied(folder);
    StagePictures.into(
        folder,
        size,
        watch.count(),
        drawnBefore
            ? drawn::get
            : i -> sampler.draw(PyramidNoise.random(options.training().seed() + i), size));
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
