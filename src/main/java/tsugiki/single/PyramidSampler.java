package tsugiki.single;

import com.google.common.primitives.Ints;
import java.nio.file.Path;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.data.FloatImage;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.graph.Bicubic.Grid;
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
  private final StageMethod method;
  private final TileGraph graph;
  private final int tile;

  /** Builds the graph. */
  public PyramidSampler(TrainedPyramid pyramid, Sessions.Settings settings) {
    this(
        pyramid,
        settings,
        pyramid.architecture().build().drawsInTiles() ? TILE : Integer.MAX_VALUE / 2);
  }

  /** The same with tiles of another side. */
  PyramidSampler(TrainedPyramid pyramid, Sessions.Settings settings, int tile) {
    architecture = pyramid.architecture();
    method = architecture.build();
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
    List<Size> sizes = sizes(size);
    Size smallest = sizes.get(0);
    int height = smallest.height();
    int width = smallest.width();
    float[] input = noise.part(0, method.noiseChannels(0), 0, 0, height, width);
    FeatureMap first =
        new FeatureMap(height, width, method.mapChannels(), graph.first(input, height, width));
    return sizes.size() == 1 ? image(first) : enlarged(1, first, noise, sizes);
  }

  /**
   * An image whose stages below one are taken from a given image. The stages have to hand on
   * images, as SinGAN's do.
   *
   * @param stage the first that draws, from 1
   * @param given brought to the size of the stage before
   * @param size of the image
   */
  RgbImage drawFrom(int stage, RgbImage given, PyramidNoise noise, Size size) {
    List<Size> sizes = sizes(size);
    Size before = sizes.get(stage - 1);
    // In bytes: the authors' code resizes it down and up again, and cuts it to bytes in between.
    FeatureMap map = map(MatlabResizer.resize(given, before.height(), before.width()));
    return enlarged(stage, map, noise, sizes);
  }

  /**
   * An image enlarged by the last stage alone, in steps of the factor between its stages (Shaham et
   * al. 2019, section 4.2).
   *
   * @param factor how many times as large, above 1
   */
  RgbImage superResolved(RgbImage image, double factor, long seed) {
    int last = architecture.stages() - 1;
    Size full = architecture.full();
    Size before = architecture.size(last - 1);
    // Of a small image the last two stages can have the same height, or width, or both.
    double trained =
        Math.max((double) full.height() / before.height(), (double) full.width() / before.width());
    long steps = trained > 1 ? Math.max(1, Math.round(Math.log(factor) / Math.log(trained))) : 1;
    FeatureMap map = map(image);
    for (int step = 1; step < steps; step++) {
      Size size = scaled(image, Math.pow(factor, (double) step / steps));
      map = grown(last, map, new NoiseBlocks(seed, "enlarged " + step), size);
    }
    return painted(last, map, new NoiseBlocks(seed, "enlarged " + steps), scaled(image, factor));
  }

  /**
   * The size of an enlarged image.
   *
   * @throws BadInputException if it is too large for any machine
   */
  static Size scaled(RgbImage image, double factor) {
    return new Size(
        Ints.saturatedCast(Math.round(image.height() * factor)),
        Ints.saturatedCast(Math.round(image.width() * factor)));
  }

  private static FeatureMap map(RgbImage image) {
    return new FeatureMap(
        image.height(), image.width(), RgbImage.CHANNELS, FloatImage.of(image).centred());
  }

  private List<Size> sizes(Size size) {
    if (Math.min(size.width(), size.height()) < 1) {
      throw new BadInputException("⟨width⟩ and ⟨height⟩ are %s; give 1 or more".formatted(size));
    }
    return architecture.sizesFor(size);
  }

  /** The image of the last stage from the map of one below it. */
  private RgbImage enlarged(int stage, FeatureMap before, PyramidNoise noise, List<Size> sizes) {
    int last = sizes.size() - 1;
    FeatureMap below = before;
    for (int next = stage; next < last; next++) {
      below = grown(next, below, noise, sizes.get(next));
    }
    return painted(last, below, noise, sizes.get(last));
  }

  /** The image of the first stage, which is small. */
  private RgbImage image(FeatureMap map) {
    int tail = method.tail();
    return new RgbImage(
        "sample", map.height(), map.width(), graph.image(map, tail, tail, tail, tail));
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

  /** The image of a later stage, whose features are never together in memory. */
  private RgbImage painted(int stage, FeatureMap below, PyramidNoise noise, Size size) {
    byte[] rgb = new byte[Math.multiplyExact(size.height() * 3, size.width())];
    for (int top = 0; top < size.height(); top += tile) {
      for (int left = 0; left < size.width(); left += tile) {
        int bottom = Math.min(size.height(), top + tile);
        int right = Math.min(size.width(), left + tile);
        int tail = method.tail();
        int above = Math.min(tail, top);
        int under = Math.min(tail, size.height() - bottom);
        int before = Math.min(tail, left);
        int after = Math.min(tail, size.width() - right);
        FeatureMap features =
            tile(
                stage,
                below,
                noise,
                size,
                top - above,
                bottom + under,
                left - before,
                right + after);
        byte[] pixels =
            graph.image(features, tail - above, tail - under, tail - before, tail - after);
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
    int reach = method.reach();
    Grid grid = method.grid();
    TileSide rows = TileSide.of(top, bottom, size.height(), below.height(), margin, reach, grid);
    TileSide columns = TileSide.of(left, right, size.width(), below.width(), margin, reach, grid);
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
