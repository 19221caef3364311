package tsugiki.single;

import java.util.List;
import java.util.stream.IntStream;
import tsugiki.model.PyramidGenerator.Borders;
import tsugiki.single.PyramidSizes.Size;

/**
 * How to build a trained pyramid again; its SavedModel keeps this record.
 *
 * @param mode what it was trained for
 * @param method how its stages are built
 * @param network the networks of every stage
 * @param borders what surrounds the maps
 * @param heights of the stages' images
 * @param widths of the stages' images
 * @param seed of the training, which the noise of the reconstruction follows from
 */
public record PyramidArchitecture(
    SingleMode mode,
    SingleMethod method,
    StageNetworkOptions network,
    Borders borders,
    List<Integer> heights,
    List<Integer> widths,
    long seed) {
  /** Copies the lists. */
  public PyramidArchitecture {
    heights = List.copyOf(heights);
    widths = List.copyOf(widths);
  }

  static PyramidArchitecture of(SingleOptions options, PyramidSizes sizes) {
    return new PyramidArchitecture(
        options.mode(),
        options.method(),
        options.network(),
        options.borders(),
        sizes.sizes().stream().map(Size::height).toList(),
        sizes.sizes().stream().map(Size::width).toList(),
        options.training().seed());
  }

  /** Whether the first stage has learned on changed images, and takes no noise alone. */
  public boolean startsFromImage() {
    return method == SingleMethod.CONSINGAN && mode.changesImages();
  }

  /** The number of stages. */
  public int stages() {
    return heights.size();
  }

  /** The size of a stage's image. */
  public Size size(int stage) {
    return new Size(heights.get(stage), widths.get(stage));
  }

  /** The size of the last stage's image. */
  public Size full() {
    return size(stages() - 1);
  }

  /**
   * The size of an image of which the user has given a width, a height, both or none.
   *
   * @param width in pixels, or 0 for the training image's
   * @param height in pixels, or 0 for the training image's
   */
  public Size sized(int width, int height) {
    return new Size(height == 0 ? full().height() : height, width == 0 ? full().width() : width);
  }

  /**
   * Refuses an image whose stages are too large to draw; the features of all but the last are whole
   * in memory.
   *
   * @throws tsugiki.base.BadInputException with the first of these
   */
  void refuseTooLarge(Size whole) {
    int channels = build().mapChannels();
    sizesFor(whole).stream()
        .limit(stages() - 1L)
        .forEach(size -> FeatureMap.count(size.height(), size.width(), channels));
  }

  /** The stages up to one, counted from 0. */
  PyramidArchitecture upTo(int stage) {
    return new PyramidArchitecture(
        mode,
        method,
        network,
        borders,
        heights.subList(0, stage + 1),
        widths.subList(0, stage + 1),
        seed);
  }

  /**
   * The sizes of all stages for an image of another size, each side by its own factor.
   *
   * @param whole the size of the last stage
   */
  public List<Size> sizesFor(Size whole) {
    Size full = full();
    return IntStream.range(0, stages())
        .mapToObj(
            stage ->
                stage == stages() - 1
                    ? whole
                    : new Size(
                        scaled(heights.get(stage), whole.height(), full.height()),
                        scaled(widths.get(stage), whole.width(), full.width())))
        .toList();
  }

  private static int scaled(int side, long wanted, int full) {
    return Math.toIntExact(Math.max(1, side * wanted / full));
  }

  /** How the stages are built; nothing here is trained. */
  StageMethod build() {
    return method.stages(network, borders, StageTrainingOptions.defaults());
  }
}
