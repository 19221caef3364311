package tsugiki.score;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.Counted;
import tsugiki.base.NumpyFile;
import tsugiki.data.Crop;
import tsugiki.data.ImageSource;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;
import tsugiki.features.Features;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.Sampler;

/**
 * One side of a scoring: images, the features of images, or their statistics. {@link #close} closes
 * the files that {@link #open} opened.
 */
public final class ScoreInput implements AutoCloseable {
  /** The names that {@code generate} gives its images, and the picture of the first of them. */
  private static final Pattern NUMBERED = Pattern.compile("(.*/)?\\d{6}\\.png");

  /** Files whose proportions are looked up. */
  private static final int HEADERS = 256;

  private static final Pattern GRID = Pattern.compile("(.*/)?grid\\.png");

  private final String name;
  private final Optional<ImageSource> opened;
  private final Optional<ImageSupply> images;
  private final Optional<ScoreSide> side;
  private final boolean withoutGrid;

  private ScoreInput(
      String name, Optional<ImageSource> opened, ImageSupply images, boolean withoutGrid) {
    this.name = name;
    this.opened = opened;
    this.images = Optional.of(images);
    this.side = Optional.empty();
    this.withoutGrid = withoutGrid;
  }

  private ScoreInput(String name, ScoreSide side) {
    this.name = name;
    opened = Optional.empty();
    images = Optional.empty();
    this.side = Optional.of(side);
    withoutGrid = false;
  }

  /**
   * Opens a file or folder. Of a folder that {@code generate} wrote, the picture of many images is
   * left out.
   *
   * @param path a folder, a zip or an image; or {@code .npy} features [N, D]; or {@code .npz}
   *     statistics
   * @throws BadInputException if it is none of these or cannot be read
   */
  public static ScoreInput open(Path path) {
    String file = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (file.endsWith(".npy")) {
      return of(features(path));
    }
    if (file.endsWith(".npz")) {
      return of(StatisticsFile.read(path));
    }
    ImageSource source = ImageSource.open(path);
    boolean grid = source.names().stream().anyMatch(ScoreInput::isGrid);
    boolean generated =
        grid
            && source.names().stream().anyMatch(image -> NUMBERED.matcher(image).matches())
            && source.names().stream()
                .allMatch(image -> isGrid(image) || NUMBERED.matcher(image).matches());
    ImageSource images = generated ? source.without(ScoreInput::isGrid) : source;
    return new ScoreInput(path.toString(), Optional.of(source), images, generated);
  }

  private static boolean isGrid(String image) {
    return GRID.matcher(image).matches();
  }

  /** Images of any kind, such as {@link ImageSupply#of} makes them of an array. */
  public static ScoreInput of(ImageSupply images) {
    return new ScoreInput(images.toString(), Optional.empty(), images, false);
  }

  /** Features that were computed before. */
  public static ScoreInput of(Features features) {
    return new ScoreInput(features.source(), ScoreSide.of(features));
  }

  /** Statistics of features, of which only the Fréchet distance can be had. */
  public static ScoreInput of(GaussianStatistics statistics) {
    return new ScoreInput(statistics.source(), ScoreSide.of(statistics));
  }

  /**
   * Images that a generator draws while they are scored: those that the verb {@code generate}
   * writes for the same seeds.
   *
   * @param generator draws them; the caller closes it after the scoring
   * @param name what messages call the images
   * @param count how many, at least 1
   * @param truncation see {@link LoadedGenerator#latents}
   * @param firstSeed of the first image; the next ones have the next seeds
   * @param className the class of every image; none lets the seed decide
   * @throws BadInputException if the generator has no such class, or the count or the truncation is
   *     out of range
   */
  public static ScoreInput generated(
      LoadedGenerator generator,
      String name,
      int count,
      double truncation,
      long firstSeed,
      Optional<String> className) {
    Checks.size("count", count, 1);
    Sampler sampler = Sampler.of(generator, truncation, className);
    return of(new GeneratedImages(sampler, name, count, firstSeed));
  }

  /**
   * Features in a NumPy file.
   *
   * @throws BadInputException if it holds no [N, D] of finite numbers
   */
  public static Features features(Path file) {
    NumpyFile array = NumpyFile.read(file);
    if (array.shape().length != 2 || array.shape()[1] == 0) {
      throw new BadInputException(
          "%s holds an array of the shape %s; give one row per image, [N, D]"
              .formatted(file, Arrays.toString(array.shape())));
    }
    return Features.of(file.toString(), array.floats(), array.shape()[1]);
  }

  /**
   * The first images or rows alone. The result shares the files of this input: close either.
   *
   * @param most how many at most, at least 1
   * @throws BadInputException if these are statistics, which cannot be divided
   */
  public ScoreInput limit(int most) {
    Checks.atLeast("limit", most, 1);
    if (images.isPresent()) {
      return new ScoreInput(name, opened, first(images.get(), most), withoutGrid);
    }
    Features features =
        side.flatMap(ScoreSide::features)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "⟨limit⟩ takes the first images, and %s holds the statistics of all; leave it out, or give images"
                            .formatted(name)));
    int[] rows = IntStream.range(0, Math.min(most, features.count())).toArray();
    return new ScoreInput(name, ScoreSide.of(features.select(rows)));
  }

  private static ImageSupply first(ImageSupply images, int most) {
    if (images instanceof ImageSource files) {
      return files.limit(most);
    }
    return new ImageSupply() {
      @Override
      public int count() {
        return Math.min(most, images.count());
      }

      @Override
      public RgbImage read(int index, IntFunction<byte[]> buffers) {
        return images.read(index, buffers);
      }

      @Override
      public String describe(int index) {
        return images.describe(index);
      }

      @Override
      public String toString() {
        return images.toString();
      }
    };
  }

  /**
   * The centred square of every image. The result shares the files of this input: close either.
   *
   * @throws BadInputException if these are no image files
   */
  public ScoreInput squared() {
    ImageSource files =
        opened
            .map(source -> (ImageSource) images.orElseThrow())
            .orElseThrow(
                () ->
                    new BadInputException(
                        "⟨crop⟩ square cuts images, and %s holds features or statistics of them; leave it out, or give images"
                            .formatted(name)));
    return new ScoreInput(name, opened, files.cropped(Crop.SQUARE), withoutGrid);
  }

  /** What happens to images that are not square, in a sentence; empty where nothing does. */
  Optional<String> proportions() {
    if (!(images.orElse(null) instanceof ImageSource files)) {
      return Optional.empty();
    }
    int looked = Math.min(HEADERS, files.count());
    long others = files.notSquare(HEADERS);
    String effect =
        files.whole()
            ? Crop.NONE.effect() + ", where graft cuts out the centred ones (crop square)"
            : Crop.SQUARE.effect();
    return others == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %d of %s are not square: %s."
                .formatted(name, others, Counted.of(looked, "image"), effect));
  }

  /** The path or the name of the images. */
  public String name() {
    return name;
  }

  /** The images, where it has images. */
  public Optional<ImageSupply> images() {
    return images;
  }

  /** The features or the statistics, where it has no images. */
  Optional<ScoreSide> side() {
    return side;
  }

  /** The names of the images by row. */
  IntFunction<String> names() {
    ImageSupply all = images.orElseThrow();
    return all instanceof ImageSource files ? files.names()::get : all::describe;
  }

  /** The names of all images. */
  List<String> imageNames() {
    return IntStream.range(0, images.orElseThrow().count()).mapToObj(names()).toList();
  }

  /** The files that were left out, in a sentence. */
  Optional<String> leftOut() {
    return withoutGrid
        ? Optional.of("%s: grid.png is left out, a picture of many images.".formatted(name))
        : Optional.empty();
  }

  @Override
  public void close() {
    opened.ifPresent(ImageSource::close);
  }
}
