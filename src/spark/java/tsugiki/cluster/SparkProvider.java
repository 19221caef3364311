package tsugiki.cluster;

/** Opens the engine of the build with Spark; found by {@link BulkEngine#open}. */
public final class SparkProvider implements BulkEngine.Provider {
  @Override
  public BulkEngine open(BulkOptions options) {
    SparkMaster master = SparkMaster.of(options.master());
    master.requireAnswer();
    return SparkEngine.start(master, SparkSettings.of(master, options));
  }
}
