package tsugiki.score;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.data.ImageSource;
import tsugiki.features.Features;

/** What an argument of the verb {@code score} names: images, features or statistics. */
public final class ScoreInput implements AutoCloseable {
  /** What {@code generate} calls its images, and the picture of the first of them. */
  private static final Pattern NUMBERED = Pattern.compile("(.*/)?\\d{6}\\.png");

  private static final Pattern GRID = Pattern.compile("(.*/)?grid\\.png");

  private final Path path;
  private final ImageSource opened;
  private final ImageSource images;
  private final ScoreSide side;

  private ScoreInput(Path path, ImageSource opened, ImageSource images, ScoreSide side) {
    this.path = path;
    this.opened = opened;
    this.images = images;
    this.side = side;
  }

  /** Hands the features of images on in chunks, in file order. */
  public interface Extraction {
    /** Hands them to the consumer. */
    void stream(ImageSource images, Consumer<Features> consumer);
  }

  /**
   * Opens it. Of a folder that {@code generate} wrote, the picture of many images is left out.
   *
   * @param path a folder, a zip or an image; or {@code .npy} features [N, D]; or {@code .npz}
   *     statistics
   * @throws BadInputException if it is none of these or cannot be read
   */
  public static ScoreInput open(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return new ScoreInput(path, null, null, ScoreSide.of(features(path)));
    }
    if (name.endsWith(".npz")) {
      return new ScoreInput(path, null, null, ScoreSide.of(StatisticsFile.read(path)));
    }
    ImageSource source = ImageSource.open(path);
    boolean generated =
        source.names().stream().anyMatch(image -> GRID.matcher(image).matches())
            && source.names().stream().anyMatch(image -> NUMBERED.matcher(image).matches())
            && source.names().stream()
                .allMatch(
                    image -> GRID.matcher(image).matches() || NUMBERED.matcher(image).matches());
    ImageSource images =
        generated ? source.without(image -> GRID.matcher(image).matches()) : source;
    return new ScoreInput(path, source, images, null);
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
          "%s holds an array of the shape %s; give one row an image, [N, D]"
              .formatted(file, Arrays.toString(array.shape())));
    }
    return Features.of(file.toString(), array.floats(), array.shape()[1]);
  }

  /** What was opened. */
  public Path path() {
    return path;
  }

  /** The images, where it names images. */
  public Optional<ImageSource> images() {
    return Optional.ofNullable(images);
  }

  /** What was left out, in a sentence. */
  public Optional<String> leftOut() {
    return images == opened
        ? Optional.empty()
        : Optional.of("%s: grid.png is left out, a picture of many images.".formatted(path));
  }

  /**
   * The features, or the statistics.
   *
   * @param extraction what makes features of images; not called where there are none
   * @param statisticsSuffice whether no single image's features are wanted; of more images than
   *     dimensions only the statistics are kept then, so that memory does not grow with their
   *     number
   */
  public ScoreSide side(Extraction extraction, boolean statisticsSuffice) {
    if (images == null) {
      return side;
    }
    List<Features> kept = new ArrayList<>();
    List<MomentSums> sums = new ArrayList<>();
    extraction.stream(
        images,
        chunk -> {
          if (!statisticsSuffice || images.count() <= chunk.dimensions()) {
            kept.add(chunk);
            return;
          }
          if (sums.isEmpty()) {
            sums.add(new MomentSums(chunk.dimensions()));
          }
          sums.get(0).add(chunk);
        });
    return sums.isEmpty()
        ? ScoreSide.of(Features.concat(kept), images.names()::get)
        : ScoreSide.of(sums.get(0).statistics(path.toString()));
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
