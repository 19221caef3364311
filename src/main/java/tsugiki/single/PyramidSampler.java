package tsugiki.single;

import java.nio.file.Path;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.data.RgbImage;
import tsugiki.runtime.Sessions;
import tsugiki.single.PyramidSizes.Size;

/**
 * Draws images with a trained pyramid, of any width and height: stage by stage, and each stage in
 * tiles, so that memory does not grow with the features of the last stage.
 */
public final class PyramidSampler implements AutoCloseable {
  /** The side of a tile. Half of it is slower by the borders that tiles share. */
  private static final int TILE = 256;

  private final PyramidArchitecture architecture;
  private final ConSinGan method;
  private final TileGraph graph;
  private final int tile;

  /** Builds the graph. */
  public PyramidSampler(TrainedPyramid pyramid, Sessions.Settings settings) {
    // Normalisation is over the whole image.
    this(
        pyramid,
        settings,
        pyramid.architecture().network().batchNorm() ? Integer.MAX_VALUE / 2 : TILE);
  }

  /** The same with tiles of another side. */
  PyramidSampler(TrainedPyramid pyramid, Sessions.Settings settings, int tile) {
    architecture = pyramid.architecture();
    method = architecture.method();
    graph = new TileGraph(pyramid, settings);
    this.tile = tile;
  }

  /** How the pyramid is built. */
  public PyramidArchitecture architecture() {
    return architecture;
  }

  /** A random image of the training image's size. */
  public RgbImage draw(long seed) {
    return draw(PyramidNoise.random(seed), architecture.full());
  }

  /**
   * An image of some noise.
   *
   * @param size of the image
   * @throws BadInputException if the image is too large for an array of its features
   */
  public RgbImage draw(PyramidNoise noise, Size size) {
    if (Math.min(size.width(), size.height()) < 1) {
      throw new BadInputException("⟨width⟩ and ⟨height⟩ are %s; give 1 or more".formatted(size));
    }
    List<Size> sizes = architecture.sizesFor(size);
    Size smallest = sizes.get(0);
    int channels = architecture.network().channels();
    FeatureMap below =
        new FeatureMap(
            smallest.height(),
            smallest.width(),
            channels,
            graph.first(
                noise.part(0, method.noiseChannels(0), 0, 0, smallest.height(), smallest.width()),
                smallest.height(),
                smallest.width()));
    int last = sizes.size() - 1;
    for (int stage = 1; stage < last; stage++) {
      below = grown(stage, below, noise, sizes.get(stage));
    }
    return painted(last, below, noise, size);
  }

  /**
   * Draws random images into files: {@code 000000.png} and on, and {@code grid.png} with the first
   * ones together.
   *
   * @param folder new or empty
   * @param size of the images
   * @param seed of the first image; the others' follow
   * @return the names of the images
   * @throws BadInputException if the folder holds something, or the images are too large
   */
  public List<String> drawInto(Path folder, Size size, long seed, int count) {
    return StagePictures.into(folder, size, count, i -> draw(PyramidNoise.random(seed + i), size));
  }

  /** All features of a stage. */
  private FeatureMap grown(int stage, FeatureMap below, PyramidNoise noise, Size size) {
    FeatureMap map = FeatureMap.empty(size.height(), size.width(), below.channels());
    for (int top = 0; top < size.height(); top += tile) {
      for (int left = 0; left < size.width(); left += tile) {
        int bottom = Math.min(size.height(), top + tile);
        int right = Math.min(size.width(), left + tile);
        map.put(top, left, tile(stage, below, noise, size, top, bottom, left, right));
      }
    }
    return map;
  }

  /** The image of a stage, whose features are never together in memory. */
  private RgbImage painted(int stage, FeatureMap below, PyramidNoise noise, Size size) {
    byte[] rgb = new byte[Math.multiplyExact(size.height() * 3, size.width())];
    for (int top = 0; top < size.height(); top += tile) {
      for (int left = 0; left < size.width(); left += tile) {
        int bottom = Math.min(size.height(), top + tile);
        int right = Math.min(size.width(), left + tile);
        // The last convolution reads a pixel more on each side.
        int above = Math.min(1, top);
        int under = Math.min(1, size.height() - bottom);
        int before = Math.min(1, left);
        int after = Math.min(1, size.width() - right);
        FeatureMap features =
            stage == 0
                ? below.part(
                    top - above,
                    left - before,
                    bottom + under - top + above,
                    right + after - left + before)
                : tile(
                    stage,
                    below,
                    noise,
                    size,
                    top - above,
                    bottom + under,
                    left - before,
                    right + after);
        byte[] pixels = graph.image(features, 1 - above, 1 - under, 1 - before, 1 - after);
        int line = (right - left) * 3;
        for (int y = 0; y < bottom - top; y++) {
          System.arraycopy(pixels, y * line, rgb, ((top + y) * size.width() + left) * 3, line);
        }
      }
    }
    return new RgbImage("sample", size.height(), size.width(), rgb);
  }

  private FeatureMap tile(
      int stage,
      FeatureMap below,
      PyramidNoise noise,
      Size size,
      int top,
      int bottom,
      int left,
      int right) {
    int margin = method.margin(stage);
    int reach = architecture.network().layers();
    TileSide rows = TileSide.of(top, bottom, size.height(), below.height(), margin, reach);
    TileSide columns = TileSide.of(left, right, size.width(), below.width(), margin, reach);
    float[] random =
        noise.part(
            stage,
            method.noiseChannels(stage),
            rows.noiseFrom(),
            columns.noiseFrom(),
            rows.inputs().length,
            columns.inputs().length);
    FeatureMap window = below.part(rows.from(), columns.from(), rows.length(), columns.length());
    return new FeatureMap(
        bottom - top,
        right - left,
        below.channels(),
        graph.next(stage, window, random, rows, columns));
  }

  @Override
  public void close() {
    graph.close();
  }
}
