package tsugiki.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;

/**
 * How bulk work is spread over processes.
 *
 * @param master Spark's word for who gives the executors, such as {@code local[*]} or {@code
 *     spark://HOST:PORT}; null to stay in this process
 * @param taskImages images of a part; which images share a batch, and with it the last bits of
 *     features, depends on it if it is no multiple of the batch
 * @param threads within an operation and operations at a time, in every executor the same, since
 *     the last bits of sums depend on them
 * @param sparkConf further settings of Spark, {@code KEY=VALUE}
 */
public record BulkOptions(String master, int taskImages, int threads, List<String> sparkConf) {
  /** In this process; 256 images a part, as many threads as this machine has processors. */
  public static BulkOptions defaults() {
    return new BulkOptions(null, 256, Runtime.getRuntime().availableProcessors(), List.of());
  }

  /** Checks every value. */
  public BulkOptions {
    Objects.requireNonNull(sparkConf, "sparkConf");
    Checks.atLeast("taskImages", taskImages, 1);
    Checks.atLeast("threads", threads, 1);
    sparkConf = List.copyOf(sparkConf);
    settings(sparkConf);
  }

  /** The same with another master. */
  public BulkOptions withMaster(String url) {
    return new BulkOptions(url, taskImages, threads, sparkConf);
  }

  /** Whether the work goes to executors. */
  public boolean given() {
    return master != null;
  }

  /** The settings of Spark by their keys. */
  public Map<String, String> settings() {
    return settings(sparkConf);
  }

  private static Map<String, String> settings(List<String> words) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1 || !word.startsWith("spark.")) {
        throw new BadInputException(
            "⟨sparkConf⟩ '%s' is no setting of Spark; write spark.KEY=VALUE, such as spark.executor.memory=4g"
                .formatted(word));
      }
      settings.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return settings;
  }
}
