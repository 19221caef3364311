package tsugiki.features;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.data.ImageSource;
import tsugiki.data.ImageSupply;
import tsugiki.data.PixelBuffers;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;

/**
 * Computes features of images by a frozen network's own protocol. Images are decoded on all cores
 * while batches of them run through the network; nothing is kept of an image but its features, so
 * that memory does not grow with their number.
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
   * @param batch images per run of the network, at least 1; large images come in smaller batches
   * @param runs batches in the network at a time, at least 1: with two, one's threads work while
   *     another's wait for each other, but the two share the processor's caches
   * @param decoders threads that decode, at least 1
   * @param cache features computed before, or null to compute all of them
   * @param session the device and the threads of the network
   * @param progress is called with the number of further images that are done
   * @param elsewhere computes the features in other processes, or null to compute them in this one
   */
  public record Settings(
      int batch,
      int runs,
      int decoders,
      FeatureCache cache,
      Sessions.Settings session,
      IntConsumer progress,
      ElsewherePass elsewhere) {
    /**
     * Checks every value.
     *
     * @throws BadInputException if a number is out of its range
     */
    public Settings {
      Checks.size("batch", batch, 1);
      Checks.atLeast("runs", runs, 1);
      Checks.atLeast("decoders", decoders, 1);
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(progress, "progress");
    }

    /**
     * Batches of 16, two at a time, decoded on every processor, without a cache, on the CPU, in
     * this process, without a listener.
     */
    public static Settings defaults() {
      return new Settings(
          16,
          2,
          Runtime.getRuntime().availableProcessors(),
          null,
          Sessions.Settings.cpu(),
          images -> {},
          null);
    }

    /** The same with batches of another size. */
    public Settings withBatch(int images) {
      return new Settings(images, runs, decoders, cache, session, progress, elsewhere);
    }

    /** The same with another number of batches at a time. */
    public Settings withRuns(int atATime) {
      return new Settings(batch, atATime, decoders, cache, session, progress, elsewhere);
    }

    /** The same with a cache, or without one where it is null. */
    public Settings withCache(FeatureCache features) {
      return new Settings(batch, runs, decoders, features, session, progress, elsewhere);
    }

    /** The same on another device, or with other threads. */
    public Settings withSession(Sessions.Settings other) {
      return new Settings(batch, runs, decoders, cache, other, progress, elsewhere);
    }

    /** The same with a listener. */
    public Settings withProgress(IntConsumer listener) {
      return new Settings(batch, runs, decoders, cache, session, listener, elsewhere);
    }

    /** The same with other processes that compute the features. */
    public Settings withElsewhere(ElsewherePass pass) {
      return new Settings(batch, runs, decoders, cache, session, progress, pass);
    }

    /** The most images that are in memory at a time. */
    int imagesInMemory() {
      return lookAhead() + (SizedBatches.WINDOW + runs + 1) * batch;
    }

    /** Images that are decoded before the network needs them. */
    int lookAhead() {
      return 2 * decoders;
    }
  }

  private final FrozenNetwork network;
  private final SharedPass pass;

  /**
   * Builds and fills the network.
   *
   * @throws BadInputException if its weights are missing
   */
  public FeaturePipeline(FrozenNetwork network, Settings settings) {
    this.network = network;
    pass = new SharedPass(List.of(network), settings);
    pass.open();
  }

  /** D, the numbers per image. */
  public int dimensions() {
    return pass.dimensions(network);
  }

  /**
   * The features of image files, from the cache where there is one and it has them.
   *
   * @return one row per image, in file order; all in memory
   * @throws BadInputException if a file cannot be decoded, naming it, or the network gives a number
   *     that is not finite
   */
  public Features features(ImageSource source) {
    RowCollector all = collector(source);
    stream(source, all);
    return all.features();
  }

  /**
   * The same, handed on in chunks of {@link #CHUNK} rows in file order, for instance to sums over
   * the images. Memory does not grow with the number of images.
   *
   * @throws BadInputException as {@link #features(ImageSource)}; some chunks have been handed on
   *     then
   */
  public void stream(ImageSource source, Consumer<Features> consumer) {
    pass.stream(source, Map.of(network, consumer));
  }

  /** The features of images that are not files; otherwise as {@link #features}. */
  public Features compute(ImageSupply images) {
    RowCollector all = collector(images);
    compute(images, all);
    return all.features();
  }

  /** The features of images that are not files; otherwise as {@link #stream}. */
  public void compute(ImageSupply images, Consumer<Features> consumer) {
    pass.compute(images, Map.of(network, consumer));
  }

  private RowCollector collector(ImageSupply images) {
    return new RowCollector(images.toString(), images.count(), dimensions());
  }

  /** The buffers, for tests. */
  PixelBuffers buffers() {
    return pass.buffers();
  }

  /** Frees the network. A later call builds it again, and then this has to be closed again. */
  @Override
  public void close() {
    pass.close();
  }
}
