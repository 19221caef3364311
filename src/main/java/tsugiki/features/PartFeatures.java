package tsugiki.features;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tsugiki.data.ImageSupply;
import tsugiki.data.PixelBuffers;
import tsugiki.data.RgbImage;
import tsugiki.model.FrozenNetwork;

/**
 * Computes features of parts of a set of images, for several threads with a part each. The batches
 * of a part are those of {@link FeaturePipeline}, where the part begins with a batch and all images
 * have one size; the last batch is filled with its last image, so that an image's features do not
 * depend on how many come after it.
 */
public final class PartFeatures implements AutoCloseable {
  private final FeaturePipeline.Settings settings;
  private final FeatureExtractor extractor;
  private final PixelBuffers buffers;
  private final List<Integer> outputs;

  /**
   * Builds and fills the networks.
   *
   * @param networks one network with different taps, at least one
   * @param settings without a cache
   * @throws tsugiki.base.BadInputException if weights are missing
   */
  public PartFeatures(List<FrozenNetwork> networks, FeaturePipeline.Settings settings) {
    this.settings = settings;
    extractor = new FeatureExtractor(networks, settings.session());
    buffers = new PixelBuffers(settings.imagesInMemory());
    outputs = IntStream.range(0, networks.size()).boxed().toList();
  }

  /**
   * The features of a part.
   *
   * @return for each network [images, D] in the images' order
   * @throws tsugiki.base.BadInputException if an image cannot be read, or a network gives a number
   *     that is not finite
   */
  public List<Features> of(ImageSupply part) {
    Filled images = new Filled(part, settings.batch());
    List<List<Features>> chunks = new ArrayList<>();
    List<OrderedRows> rows = new ArrayList<>();
    for (int output : outputs) {
      List<Features> own = new ArrayList<>();
      int dimensions = extractor.dimensions(output);
      rows.add(new OrderedRows(images, dimensions, FeaturePipeline.CHUNK, own::add));
      chunks.add(own);
    }
    new PassRun(extractor, settings, buffers, images, outputs, rows).run();
    int[] asked = IntStream.range(0, part.count()).toArray();
    return chunks.stream().map(own -> Features.concat(own).select(asked)).toList();
  }

  /** Images, and after them the last one again until the last batch is full. */
  private record Filled(ImageSupply part, int batch) implements ImageSupply {
    @Override
    public int count() {
      return (part.count() + batch - 1) / batch * batch;
    }

    @Override
    public RgbImage read(int index, IntFunction<byte[]> buffers) {
      return part.read(Math.min(index, part.count() - 1), buffers);
    }

    @Override
    public String describe(int index) {
      return part.describe(Math.min(index, part.count() - 1));
    }

    @Override
    public String toString() {
      return part.toString();
    }
  }

  @Override
  public void close() {
    extractor.close();
  }
}
