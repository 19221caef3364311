package tsugiki.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import tsugiki.base.BadInputException;

/** Processes that do parts of one work, and of the next. */
public interface BulkEngine extends AutoCloseable {
  /**
   * Does all parts and hands their results on in the order of the parts, whichever process did
   * them. Parts of a process that dies are done by another. Only few results wait for earlier ones,
   * so that memory does not grow with the number of parts.
   *
   * @param parts are taken from the list when they are due
   * @param results takes each result once, on the caller's thread
   * @throws BadInputException if a process lacks what it needs, naming its machine
   * @throws IllegalStateException if a part fails in every process that tries it
   */
  <P extends Serializable, T extends Serializable> void run(
      List<P> parts, PartWork<P, T> work, Consumer<T> results);

  @Override
  void close();

  /** Opens engines; the build with Spark has one. */
  @FunctionalInterface
  interface Provider {
    /**
     * Opens one.
     *
     * @throws BadInputException if the master cannot be reached or gives no executors
     */
    BulkEngine open(BulkOptions options);
  }

  /**
   * Opens the engine of this build.
   *
   * @throws BadInputException if this build has none, the master cannot be reached, or it gives no
   *     executors
   */
  static BulkEngine open(BulkOptions options) {
    return ServiceLoader.load(Provider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "⟨master⟩ needs the build with Apache Spark, which this is not; set TSUGIKI_SPARK=1 and start tools/tsugiki again, which builds it (a download of about 200 MB), or run tools/mvnw -P spark package"))
        .open(options);
  }
}
