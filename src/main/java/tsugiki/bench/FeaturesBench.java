package tsugiki.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.NumpyFile;
import tsugiki.data.ImageSource;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.InceptionV3.Tap;
import tsugiki.painting.FlowerPainter;
import tsugiki.runtime.Sessions;

/**
 * Features of painted pictures by Inception v3 with random weights, from PNG files to numbers; and
 * the same in PyTorch and in Python's TensorFlow, on the same files and weights, in turns. PNG
 * because all decoders agree on it, so that the features can be compared.
 */
public final class FeaturesBench implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeaturesBench.class);
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  /** The peers' libraries. */
  private static final List<String> LIBRARIES = List.of("pytorch", "tensorflow");

  /**
   * What is measured.
   *
   * @param images files of a pass, at least 1
   * @param batch images per run of the network, at least 1
   * @param runs batches in the network at a time, at least 1
   * @param tap {@link Tap#MIXED_768} or {@link Tap#MIXED_2048}
   * @param repeats timed passes in every turn, at least 1
   * @param session the device and the threads
   */
  public record Settings(
      int images, int batch, int runs, Tap tap, int repeats, Sessions.Settings session) {}

  private final Settings settings;
  private final Path folder;
  private final RandomInception network;
  private final FeaturePipeline pipeline;
  private final ImageSource source;
  private final Timing timing = new Timing();
  private Features features;

  /**
   * Paints the files, and builds and fills the graph.
   *
   * @param folder for the files, the numbers and what the peers say
   */
  public FeaturesBench(Settings settings, Path folder) throws IOException {
    this.settings = settings;
    this.folder = folder;
    network = new RandomInception(settings.tap());
    pipeline =
        new FeaturePipeline(
            network,
            FeaturePipeline.Settings.defaults()
                .withBatch(settings.batch())
                .withRuns(settings.runs())
                .withSession(settings.session()));
    paint();
    source = ImageSource.open(images());
  }

  private void paint() throws IOException {
    Files.createDirectories(images());
    for (int seed = 0; seed < settings.images(); seed++) {
      Path file = images().resolve("%05d.png".formatted(seed));
      ImageIO.write(FlowerPainter.paint(seed), "png", file.toFile());
    }
  }

  private Path images() {
    return folder.resolve("images");
  }

  /** Measures ours alone. */
  public FeaturesResult run() {
    Timing.warmUp(1, this::pass);
    turn();
    return result(Memory.peakMib(), Map.of());
  }

  /**
   * Measures ours and the peers' in turns.
   *
   * @param python an interpreter with both libraries
   * @param scripts the folder of {@code features.py}
   * @throws tsugiki.base.BadInputException if a peer cannot be run
   */
  public FeaturesResult run(Path python, Path scripts) throws IOException {
    PeerScript script = new PeerScript(python, scripts.resolve("features.py"));
    Timing.warmUp(1, this::pass);
    Path arrays = folder.resolve("arrays.npz");
    writeArrays(arrays);
    double peakMib = Double.NaN;
    Map<String, PeerReport> reports = new LinkedHashMap<>();
    Map<String, Double> differences = new LinkedHashMap<>();
    for (String library : LIBRARIES) {
      LOG.info("timing {} passes of ours, then those of {}", settings.repeats(), library);
      turn();
      peakMib = Memory.peakMib();
      reports.put(library, run(script, library, arrays));
      differences.put(library, greatestDifference(theirs(library)));
    }
    turn();
    Map<String, ComparedResult.Peer> peers = new LinkedHashMap<>();
    reports.forEach(
        (library, report) ->
            peers.put(
                library,
                ComparedResult.Peer.of(report, timing.median(), differences.get(library))));
    return result(peakMib, peers);
  }

  private void writeArrays(Path file) throws IOException {
    try (NumpyArchive archive = new NumpyArchive(file)) {
      for (Map.Entry<String, float[]> weight : network.values().entrySet()) {
        archive.add(weight.getKey(), network.shape(weight.getKey()), weight.getValue());
      }
    }
  }

  private PeerReport run(PeerScript script, String library, Path arrays) {
    List<String> arguments =
        List.of(
            "--library=" + library,
            "--arrays=" + arrays,
            "--images=" + images(),
            "--tap=" + settings.tap().channels(),
            "--batch=" + settings.batch(),
            "--repeats=" + settings.repeats(),
            "--threads=" + THREADS,
            "--features=" + theirs(library));
    return script.run(
        library + "'s features",
        arguments,
        folder.resolve(library + ".json"),
        folder.resolve(library + ".log"));
  }

  private Path theirs(String library) {
    return folder.resolve(library + ".npy");
  }

  private void pass() {
    features = pipeline.features(source);
  }

  private void turn() {
    for (int i = 0; i < settings.repeats(); i++) {
      timing.measure(this::pass);
    }
  }

  /** The features of the last pass. */
  Features features() {
    return features;
  }

  private double greatestDifference(Path file) {
    float[] theirs = NumpyFile.read(file).floats();
    float[] ours = features.toArray();
    if (theirs.length != ours.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(ours[i]));
      difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
    }
    return difference / largest;
  }

  private FeaturesResult result(double peakMib, Map<String, ComparedResult.Peer> peers) {
    return new FeaturesResult(
        "features",
        settings.images(),
        settings.batch(),
        settings.tap().channels(),
        timing.median(),
        timing.min(),
        timing.max(),
        timing.cpuMedian(),
        settings.images() * 1000 / timing.median(),
        peakMib,
        peers);
  }

  @Override
  public void close() {
    pipeline.close();
    source.close();
  }
}
