package tsugiki.features;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.data.ImageSupply;
import tsugiki.data.PixelBuffers;
import tsugiki.data.RgbImage;
import tsugiki.model.FrozenNetwork;
import tsugiki.score.MomentSums;

/**
 * Features of images by a frozen network's own protocol, for the metrics of this package. Images
 * are decoded on all cores while batches of them run through the network; nothing is kept of an
 * image but its features, so that memory does not grow with their number.
 *
 * <p>Images may differ in size: those of one size share batches, and the network's protocol brings
 * each to the network's size by itself, so that an image's features do not depend on the others.
 * (pytorch-fid and torch-fidelity refuse such folders, because they stack before they resize.)
 *
 * <p>The same images give the same bits however the threads run. What shares a batch with an image
 * changes its features, if at all, by the rounding of float32. Not for use from several threads at
 * a time.
 */
public final class FeaturePipeline implements AutoCloseable {
  /** Images handed on at a time by {@link #stream}; the last time there may be fewer. */
  public static final int CHUNK = 256;

  /**
   * How the work is done.
   *
   * @param batch images a run of the network, at least 1; large images come in smaller batches
   * @param runs batches in the network at a time, at least 1: with two, one's threads work while
   *     another's wait for each other, but the two share the processor's caches
   * @param decoders threads that decode, at least 1
   * @param cache features computed before, or null to compute all of them
   * @param progress is told how many images more are done
   */
  public record Settings(
      int batch, int runs, int decoders, FeatureCache cache, IntConsumer progress) {
    /** Batches of 16, two at a time, decoded on every processor, without a cache, in silence. */
    public static Settings defaults() {
      return new Settings(16, 2, Runtime.getRuntime().availableProcessors(), null, images -> {});
    }

    /** The same with batches of another size. */
    public Settings withBatch(int images) {
      return new Settings(images, runs, decoders, cache, progress);
    }

    /** The same with another number of batches at a time. */
    public Settings withRuns(int atATime) {
      return new Settings(batch, atATime, decoders, cache, progress);
    }

    /** The same with a cache, or without one where it is null. */
    public Settings withCache(FeatureCache features) {
      return new Settings(batch, runs, decoders, features, progress);
    }

    /** The same with a listener. */
    public Settings withProgress(IntConsumer listener) {
      return new Settings(batch, runs, decoders, cache, listener);
    }

    /** The most images that are in memory at a time. */
    int imagesInMemory() {
      return lookAhead() + (SizedBatches.WINDOW + runs + 1) * batch;
    }

    private int lookAhead() {
      return 2 * decoders;
    }
  }

  private final FrozenNetwork network;
  private final FrozenSession session;
  private final Settings settings;
  private final PixelBuffers buffers;

  /** Builds and fills the network. */
  public FeaturePipeline(FrozenNetwork network) {
    this(network, Settings.defaults());
  }

  /**
   * Builds and fills the network.
   *
   * @throws BadInputException if its weights are missing
   */
  public FeaturePipeline(FrozenNetwork network, Settings settings) {
    this.network = network;
    this.settings = settings;
    session = new FrozenSession(network);
    buffers = new PixelBuffers(settings.imagesInMemory());
  }

  /** D, the numbers an image. */
  public int dimensions() {
    return session.dimensions();
  }

  /** What the features are, for the protocol of a score. */
  public String protocol() {
    return network.protocol();
  }

  /**
   * The features of image files, from the cache where there is one and it has them.
   *
   * @return one row an image, in file order; all in memory
   * @throws BadInputException if a file cannot be decoded, naming it, or the network gives a number
   *     that is not finite
   */
  public Features features(ImageSource source) {
    RowCollector all = collector(source);
    stream(source, all);
    return all.features();
  }

  /**
   * The same, handed on in chunks of {@link #CHUNK} rows in file order, for instance to {@link
   * MomentSums#add}. Memory does not grow with the number of images.
   *
   * @throws BadInputException as {@link #features(ImageSource)}; some chunks have been handed on
   *     then
   */
  public void stream(ImageSource source, Consumer<Features> consumer) {
    if (settings.cache() == null) {
      compute(source, consumer);
    } else {
      settings.cache().stream(this, source, settings.progress(), consumer);
    }
  }

  /** The features of images that are not files; otherwise as {@link #features}. */
  public Features compute(ImageSupply images) {
    RowCollector all = collector(images);
    compute(images, all);
    return all.features();
  }

  /** The features of images that are not files; otherwise as {@link #stream}. */
  public void compute(ImageSupply images, Consumer<Features> consumer) {
    OrderedRows rows = new OrderedRows(images, dimensions(), CHUNK, consumer);
    SizedBatches batches = new SizedBatches(settings.batch());
    try (OrderedWork<RgbImage> decoding = new OrderedWork<>("decode", settings.decoders());
        OrderedWork<Done> running = new OrderedWork<>("features", settings.runs())) {
      int asked = 0;
      for (int i = 0; i < images.count(); i++) {
        for (; asked < Math.min(images.count(), i + settings.lookAhead()); asked++) {
          int index = asked;
          decoding.give(() -> images.read(index, buffers));
        }
        batches.add(i, decoding.take()).forEach(batch -> run(batch, running, rows));
      }
      while (!batches.isEmpty()) {
        run(batches.eldest(), running, rows);
      }
      while (running.size() > 0) {
        take(running, rows);
      }
    }
    rows.end();
  }

  private record Done(SizedBatches.Batch batch, float[] rows) {}

  /** Sends a batch off, after waiting for one where enough are on their way. */
  private void run(SizedBatches.Batch batch, OrderedWork<Done> running, OrderedRows rows) {
    if (running.size() > settings.runs()) {
      take(running, rows);
    }
    running.give(() -> new Done(batch, session.rows(batch.images())));
  }

  private void take(OrderedWork<Done> running, OrderedRows rows) {
    Done done = running.take();
    done.batch().images().forEach(image -> buffers.giveBack(image.rgb()));
    rows.put(done.batch().indices(), done.rows());
    settings.progress().accept(done.batch().images().size());
  }

  private RowCollector collector(ImageSupply images) {
    return new RowCollector(images.toString(), images.count(), dimensions());
  }

  /** What features of this network depend on beside the images. */
  String fingerprint() {
    return session.fingerprint();
  }

  /** The buffers, for tests. */
  PixelBuffers buffers() {
    return buffers;
  }

  @Override
  public void close() {
    session.close();
  }
}
