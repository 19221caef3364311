package tsugiki.single;

import java.util.ArrayList;
import java.util.List;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.train.Picture;

/**
 * How the samples become what they are: the reconstruction, and random images of always the same
 * seeds, within every stage. Those of smaller stages are enlarged to the last one's size, so that
 * each picture lies over the one before.
 */
final class SamplesOverTime {
  /** The picture's name in the run directory, before its step. */
  static final String NAME = "samples";

  /** What it shows. */
  static final String CAPTION =
      "The reconstruction, and random images of the same seeds, from stage to stage; those of"
          + " smaller stages are enlarged";

  private static final int RANDOM = 3;
  private static final int PER_STAGE = 4;

  private SamplesOverTime() {}

  /** The steps between two pictures: what was asked for, or a quarter of a stage. */
  static long every(SingleOptions options) {
    long given = options.watch().sampleEvery();
    return given > 0 ? given : Math.max(1, options.training().steps() / PER_STAGE);
  }

  /**
   * The number of pictures that the page shows at most: the beginning and a quarter of each stage.
   */
  static int most(PyramidSizes sizes) {
    return 1 + PER_STAGE * sizes.stages();
  }

  /** What a picture says of when it was drawn, after so many steps of all stages. */
  static String label(SingleOptions options, PyramidSizes sizes, long done) {
    int stage = options.stageOf(sizes, Math.max(0, done - 1));
    return "Stage %d, %s pixels, step %d of %d"
        .formatted(
            stage + 1,
            sizes.of(stage),
            done - options.stepsBefore(sizes, stage),
            options.training().steps());
  }

  /**
   * Draws it.
   *
   * @param sampler of the stages so far
   * @param training of them
   * @param seed of the first random image
   * @param size of the last stage
   */
  static Picture draw(PyramidSampler sampler, PyramidTraining training, long seed, Size size) {
    List<RgbImage> drawn = new ArrayList<>();
    Size own = sampler.architecture().full();
    drawn.add(sampler.draw(training.reconstruction(), own));
    for (int i = 0; i < RANDOM; i++) {
      drawn.add(sampler.draw(training.first().random(seed + i), own));
    }
    List<RgbImage> alike =
        drawn.stream()
            .map(image -> MatlabResizer.resize(image, size.height(), size.width()))
            .toList();
    return Picture.kept(NAME, StagePictures.grid(alike, alike.size()));
  }
}
