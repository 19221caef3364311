package tsugiki.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;
import tsugiki.data.Resampler;
import tsugiki.data.RgbImage;
import tsugiki.features.FeatureExtractor;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;

/**
 * {@link LpipsDiversity} of image files. The vectors are large, 8 MB per image of 128 pixels, so as
 * many are kept as a part of the memory holds, and the others pass by, computed anew for every such
 * block; only the distances stay.
 *
 * <p>All images are cut to their central square and resized to the first generated image's shorter
 * side, since LPIPS compares places.
 */
public final class LpipsImages implements AutoCloseable {
  /** VGG16 halves four times. */
  private static final int SMALLEST_SIDE = 16;

  private static final long HELD_BYTES = 1L << 30;

  private final FeatureExtractor session;
  private final int most;
  private final long seed;
  private final long heldBytes;

  /**
   * Builds and fills the network.
   *
   * @param lpips one whose features' squared distances are LPIPS
   * @param most how many images of either side are compared, at least 2
   * @param seed of the choice of the generated images where there are more
   * @param settings of the session: the device and the threads
   */
  public LpipsImages(FrozenNetwork lpips, int most, long seed, Sessions.Settings settings) {
    this(lpips, most, seed, settings, Math.min(HELD_BYTES, Runtime.getRuntime().maxMemory() / 4));
  }

  /**
   * One that keeps vectors in that much memory.
   *
   * @param heldBytes at least one image is kept, though
   */
  LpipsImages(
      FrozenNetwork lpips, int most, long seed, Sessions.Settings settings, long heldBytes) {
    this.session = new FeatureExtractor(lpips, settings);
    this.most = most;
    this.seed = seed;
    this.heldBytes = heldBytes;
  }

  /**
   * The distances of one set of generated images.
   *
   * @param all over the pairs of generated images
   * @param within around the training images; empty where there are none, or more than may be
   *     compared
   * @param images how many generated images were compared
   * @param generated how many there are
   * @param training how many training images there are, or 0
   * @param side of the squares in pixels
   * @param resized how many of the images were cut or resized
   * @param seed of the choice
   */
  public record Result(
      LpipsDiversity.Mean all,
      Optional<LpipsDiversity.Within> within,
      int images,
      int generated,
      int training,
      int side,
      int resized,
      long seed) {}

  /** How many distances {@link #of} will compute. */
  public long distances(ImageSupply generated, Optional<ImageSupply> training) {
    long images = Math.min(most, generated.count());
    return images * (images - 1) / 2 + images * usable(training).map(ImageSupply::count).orElse(0);
  }

  /**
   * Measures images.
   *
   * @param training where given, of no more images than may be compared, the clusters' centres
   * @param progress is called with the number of further distances that are done, of {@link
   *     #distances}
   * @throws BadInputException if there is a single generated image, it is smaller than 16 pixels,
   *     or one cannot be decoded
   */
  public Result of(ImageSupply generated, Optional<ImageSupply> training, IntConsumer progress) {
    if (generated.count() < 2) {
      throw new BadInputException(
          "LPIPS diversity needs at least 2 generated images, and %s holds 1; give more or leave it out"
              .formatted(generated));
    }
    int side = side(generated);
    int[] chosen =
        Draws.withoutReplacement(
            generated.count(), Math.min(most, generated.count()), new Random(seed));
    Arrays.sort(chosen);
    List<RgbImage> squares = new ArrayList<>();
    int[] resized = {0};
    for (int index : chosen) {
      squares.add(square(read(generated, index), side, resized));
    }
    Optional<ImageSupply> centres = usable(training);
    for (int i = 0; i < centres.map(ImageSupply::count).orElse(0); i++) {
      squares.add(square(read(centres.get(), i), side, resized));
    }
    double[][] distances = distances(squares, chosen.length, progress);
    LpipsDiversity.Distance between = (i, j) -> distances[Math.min(i, j)][Math.max(i, j)];
    Optional<LpipsDiversity.Within> within =
        centres.map(source -> within(chosen.length, source.count(), between));
    return new Result(
        LpipsDiversity.pairwise(chosen.length, between, Long.MAX_VALUE, seed),
        within,
        chosen.length,
        generated.count(),
        training.map(ImageSupply::count).orElse(0),
        side,
        resized[0],
        seed);
  }

  private static LpipsDiversity.Within within(
      int images, int centres, LpipsDiversity.Distance between) {
    int[] nearest =
        LpipsDiversity.nearest(images, centres, (i, t) -> between.between(i, images + t));
    return LpipsDiversity.within(nearest, centres, between, LpipsDiversity.MOST_A_CLUSTER);
  }

  private Optional<ImageSupply> usable(Optional<ImageSupply> training) {
    return training.filter(source -> source.count() <= most);
  }

  private static int side(ImageSupply generated) {
    RgbImage first = read(generated, 0);
    int side = Math.min(first.height(), first.width());
    if (side < SMALLEST_SIDE) {
      throw new BadInputException(
          "'%s' has %d×%d pixels, too few for LPIPS; give at least %d a side"
              .formatted(generated.describe(0), first.width(), first.height(), SMALLEST_SIDE));
    }
    return side;
  }

  private static RgbImage read(ImageSupply images, int index) {
    return images.read(index, byte[]::new);
  }

  private static RgbImage square(RgbImage image, int side, int[] resized) {
    if (image.height() == side && image.width() == side) {
      return image;
    }
    resized[0]++;
    return Resampler.square(image, side);
  }

  /** Of each of the first images to all that come behind it. */
  private double[][] distances(List<RgbImage> images, int first, IntConsumer progress) {
    double[][] distances = new double[first][images.size()];
    int from = 0;
    while (from < first) {
      List<Features> held = new ArrayList<>();
      long bytes = 0;
      int next = from;
      for (; next < images.size(); next++) {
        Features vector = vector(images.get(next));
        int column = next;
        int block = from;
        IntStream.range(0, held.size())
            .parallel()
            .forEach(
                i ->
                    distances[block + i][column] =
                        LpipsDiversity.squared(held.get(i), vector).between(0, 0));
        progress.accept(held.size());
        bytes += (long) vector.dimensions() * Float.BYTES;
        boolean fits = held.isEmpty() || bytes <= heldBytes;
        if (fits && next == from + held.size() && next < first) {
          held.add(vector);
        }
      }
      from += held.size();
    }
    return distances;
  }

  private Features vector(RgbImage image) {
    float[] values = session.rows(List.of(image));
    return Features.of(image.name(), values, values.length);
  }

  @Override
  public void close() {
    session.close();
  }
}
