package tsugiki.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** The settings of Spark that bulk work needs, below those of spark-submit and of the user. */
final class SparkSettings {
  private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String HOME = "tsugiki.home";

  /** What TensorFlow's arithmetic depends on, and where fetched weights are. */
  private static final List<String> ENVIRONMENT =
      List.of("TF_", "ONEDNN_", "NVIDIA_TF32_OVERRIDE", "TSUGIKI_REWRITE", "TSUGIKI_CACHE");

  /** As tools/tsugiki starts this program. */
  private static final List<String> JVM =
      List.of(
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
          "-Djava.awt.headless=true",
          "--enable-native-access=ALL-UNNAMED");

  private SparkSettings() {}

  static SparkConf of(SparkMaster master, BulkOptions options) {
    SparkConf conf = new SparkConf();
    options.settings().forEach(conf::set);
    conf.setMaster(master.url());
    conf.setIfMissing("spark.app.name", "tsugiki");
    // A page that nobody opens costs a port and its libraries' start.
    conf.setIfMissing("spark.ui.enabled", "false");
    // Results are taken as they come; the engine bounds how many wait.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    if (master.here()) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    if (!master.local()) {
      conf.set(JAVA_OPTIONS, (javaOptions() + " " + conf.get(JAVA_OPTIONS, "")).strip());
      ofThisProgram(conf);
    }
    System.getenv()
        .forEach(
            (name, value) -> {
              if (ENVIRONMENT.stream().anyMatch(name::startsWith)) {
                conf.setIfMissing("spark.executorEnv." + name, value);
              }
            });
    return conf;
  }

  private static String javaOptions() {
    String home = System.getProperty(HOME, "");
    // In quotes, since Spark cuts the line at spaces, which a path may have.
    return Stream.concat(JVM.stream(), Stream.of("\"-D%s=%s\"".formatted(HOME, absolute(home))))
        .collect(Collectors.joining(" "));
  }

  /**
   * Executors take this program and its libraries from the paths where the driver has them. The
   * jars of a driver that spark-submit has started are elsewhere: there the user says where.
   */
  private static void ofThisProgram(SparkConf conf) {
    List<String> own =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(SparkSettings::absolute)
            .toList();
    Path place = ProgramDigest.place();
    boolean listed =
        own.stream()
            .map(Path::of)
            .anyMatch(p -> Files.exists(p) && p.toAbsolutePath().equals(place));
    if (listed) {
      conf.setIfMissing("spark.executor.extraClassPath", String.join(File.pathSeparator, own));
    }
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }
}
