package tsugiki.labels;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tsugiki.gan.Interpolation;
import tsugiki.report.ImageGrid;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.train.RunDirectory;

/**
 * Pictures of a study's generator as those of the paper: interpolations, and one class's samples.
 */
final class LabelPictures {
  /**
   * From one latent vector to another within a class, a class per row. The run's own picture,
   * {@link Interpolation#FILE}, has the first classes; this one has some from all over the data.
   */
  static final String WALKS = "walks-within-classes";

  /** Samples of the first class. */
  static final String ONE_CLASS = "one-class";

  private static final int PATHS = 4;
  private static final int ROWS = 4;
  private static final int COLUMNS = 8;

  private LabelPictures() {}

  /**
   * Writes both into a run, of the same latent vectors in every run.
   *
   * @param model the generator's SavedModel
   * @param classNames of the generator
   */
  static void write(
      RunDirectory run, Path model, List<String> classNames, Sessions.Settings settings) {
    try (LoadedGenerator generator = LoadedGenerator.open(model, settings)) {
      interpolation(run, generator, classNames);
      oneClass(run, generator, classNames);
    }
  }

  private static void interpolation(
      RunDirectory run, LoadedGenerator generator, List<String> classNames) {
    int frames = Interpolation.FRAMES;
    float[] latents = Interpolation.latents(PATHS, generator.latent(), LatentDraws.UNTRUNCATED, 0);
    long[] labels = new long[PATHS * frames];
    for (int path = 0; path < PATHS; path++) {
      Arrays.fill(
          labels, path * frames, (path + 1) * frames, (long) path * classNames.size() / PATHS);
    }
    List<String> rows =
        IntStream.range(0, PATHS)
            .mapToObj(path -> classNames.get(Math.toIntExact(labels[path * frames])))
            .toList();
    grid(run, WALKS, generator, generator.images(latents, labels), frames, rows);
  }

  private static void oneClass(
      RunDirectory run, LoadedGenerator generator, List<String> classNames) {
    long[] seeds = LongStream.range(0, ROWS * COLUMNS).toArray();
    float[] latents = generator.latents(LatentDraws.UNTRUNCATED, seeds);
    byte[] images = generator.images(latents, new long[seeds.length]);
    List<String> rows =
        Stream.concat(Stream.of(classNames.get(0)), Collections.nCopies(ROWS - 1, "").stream())
            .collect(Collectors.toList());
    grid(run, ONE_CLASS, generator, images, COLUMNS, rows);
  }

  private static void grid(
      RunDirectory run,
      String name,
      LoadedGenerator generator,
      byte[] images,
      int columns,
      List<String> rows) {
    ImageGrid.write(
        ImageGrid.readable(images, generator.height(), columns, rows), run.resolve(name + ".png"));
  }
}
