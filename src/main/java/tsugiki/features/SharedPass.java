package tsugiki.features;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tsugiki.data.ImageSource;
import tsugiki.data.ImageSupply;
import tsugiki.data.PixelBuffers;
import tsugiki.model.FrozenNetwork;

/**
 * Computes several kinds of features of the same images by one pass through one network, say the
 * features of the Fréchet distance and the class probabilities of the Inception Score. Otherwise as
 * {@link FeaturePipeline}, which is this for one kind.
 */
public final class SharedPass implements AutoCloseable {
  private final List<FrozenNetwork> networks;
  private final FeaturePipeline.Settings settings;
  private final PixelBuffers buffers;

  /** What the cache knows each network by. */
  private final Map<FrozenNetwork, FeatureCache.Kind> kinds = new HashMap<>();

  private List<FrozenNetwork> opened = List.of();
  private FeatureExtractor extractor;

  /**
   * Takes the networks; they are built at the first images.
   *
   * @param networks one network with different taps; each shares a pass with the first
   * @throws IllegalArgumentException if they do not share one
   */
  public SharedPass(List<FrozenNetwork> networks, FeaturePipeline.Settings settings) {
    if (!networks.stream().allMatch(networks.get(0)::sharesPassWith)) {
      throw new IllegalArgumentException("these networks share no pass: " + networks);
    }
    this.networks = List.copyOf(networks);
    this.settings = settings;
    buffers = new PixelBuffers(settings.imagesInMemory());
  }

  /** Builds and fills the network with all its outputs. */
  void open() {
    open(networks);
  }

  private void open(List<FrozenNetwork> wanted) {
    if (opened.containsAll(wanted)) {
      return;
    }
    close();
    extractor = new FeatureExtractor(wanted, settings.session());
    opened = wanted;
  }

  /** D of one of the networks. */
  int dimensions(FrozenNetwork network) {
    open(opened.contains(network) ? opened : networks);
    return extractor.dimensions(opened.indexOf(network));
  }

  /**
   * Hands on features of image files in chunks of {@link FeaturePipeline#CHUNK} rows in file order,
   * from the cache where there is one and it has them.
   *
   * @param consumers for each wanted network what takes its features
   * @throws tsugiki.base.BadInputException if a file cannot be decoded, naming it, the network
   *     gives a number that is not finite, or weights are missing
   */
  public void stream(ImageSource source, Map<FrozenNetwork, Consumer<Features>> consumers) {
    Optional<FeatureCache> cache = Optional.ofNullable(settings.cache());
    if (cache.isEmpty()) {
      compute(source, consumers);
      return;
    }
    List<FrozenNetwork> wanted = wanted(consumers);
    cache.get().stream(
        wanted.stream().map(this::kind).toList(),
        source,
        settings.progress(),
        wanted.stream().map(consumers::get).toList(),
        (missing, takers) -> {
          Map<FrozenNetwork, Consumer<Features>> left = new HashMap<>();
          for (int i = 0; i < missing.size(); i++) {
            left.put(wanted.get(missing.get(i)), takers.get(i));
          }
          compute(source, left);
        });
  }

  /** The features of images that are not files; otherwise as {@link #stream}. */
  public void compute(ImageSupply images, Map<FrozenNetwork, Consumer<Features>> consumers) {
    if (settings.elsewhere() != null) {
      settings.elsewhere().compute(images, consumers, settings.progress());
      return;
    }
    List<FrozenNetwork> wanted = wanted(consumers);
    open(opened.containsAll(wanted) ? opened : wanted.size() == 1 ? wanted : networks);
    List<Integer> outputs = wanted.stream().map(opened::indexOf).toList();
    List<OrderedRows> rows =
        IntStream.range(0, wanted.size())
            .mapToObj(
                i ->
                    new OrderedRows(
                        images,
                        extractor.dimensions(outputs.get(i)),
                        FeaturePipeline.CHUNK,
                        consumers.get(wanted.get(i))))
            .toList();
    new PassRun(extractor, settings, buffers, images, outputs, rows).run();
  }

  /** The networks among the keys, in the order of the list. */
  private List<FrozenNetwork> wanted(Map<FrozenNetwork, Consumer<Features>> consumers) {
    return networks.stream().filter(consumers::containsKey).toList();
  }

  /** The network alone, so that its entries are the same whatever it shares a pass with. */
  private FeatureCache.Kind kind(FrozenNetwork network) {
    FeatureCache.Kind known = kinds.get(network);
    if (known == null) {
      if (!opened.equals(List.of(network))) {
        close();
        open(List.of(network));
      }
      known =
          new FeatureCache.Kind(
              network.protocol(), extractor.fingerprint(), extractor.dimensions());
      kinds.put(network, known);
    }
    return known;
  }

  /** The buffers, for tests. */
  PixelBuffers buffers() {
    return buffers;
  }

  /** Frees the network. A later call builds it again, and then this has to be closed again. */
  @Override
  public void close() {
    if (extractor != null) {
      extractor.close();
      extractor = null;
      opened = List.of();
    }
  }
}
