package tsugiki.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.data.ImageSet;
import tsugiki.gan.DcganBookOptions;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanNetworks;
import tsugiki.gan.GanTraining;
import tsugiki.gan.TrainingLabels;
import tsugiki.graph.Weight;
import tsugiki.runtime.Sessions;

/**
 * A training step of the textbook's DCGAN on grey images with LeakyReLU and with another
 * activation, in turns; and the step with LeakyReLU in PyTorch and in Keras, in turns with ours. A
 * step is one of the discriminator and one of the generator.
 */
public final class DcganStepBench implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DcganStepBench.class);
  private static final int WARM_UP = 5;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final String LEAKY = "lrelu:0.01";
  private static final List<String> NETWORKS = List.of("generator", "discriminator");
  private static final List<String> LIBRARIES = List.of("pytorch", "keras");

  /**
   * What is measured.
   *
   * @param networks their shape, and the activation that is compared
   * @param batch images a step
   * @param steps timed steps of each
   * @param session the device and the threads
   */
  public record Settings(
      DcganBookOptions networks, int batch, int steps, Sessions.Settings session) {}

  private final Settings settings;
  private final GanTraining leaky;
  private final GanTraining other;
  private final Timing ofLeaky = new Timing();
  private final Timing ofOther = new Timing();
  private long next;

  /** Builds both. */
  public DcganStepBench(Settings settings) {
    this.settings = settings;
    leaky = training(settings, LEAKY);
    other = training(settings, settings.networks().activation());
    for (int i = 0; i < WARM_UP; i++) {
      leaky.step(next);
      other.step(next++);
    }
  }

  private static GanTraining training(Settings settings, String activation) {
    DcganBookOptions options = settings.networks().withActivation(activation);
    GanNetworks networks = options.networks(1);
    ImageSet images = NoiseImages.of(2 * settings.batch(), options.imageSize());
    return new GanTraining(
        options.training(DiscriminatorOptions.defaults()).withBatch(settings.batch()),
        networks,
        images,
        TrainingLabels.hard(new int[images.count()], List.of("all")),
        networks,
        settings.session());
  }

  private void turn() {
    for (int i = 0; i < settings.steps(); i++) {
      long step = next++;
      ofLeaky.measure(() -> leaky.step(step));
      ofOther.measure(() -> other.step(step));
    }
  }

  /** Measures ours alone. */
  public DcganStepResult run() {
    turn();
    return result(Map.of());
  }

  /**
   * Measures ours and the peers' in turns.
   *
   * @param python an interpreter with both libraries
   * @param scripts the folder of {@code dcgan_step.py}
   * @param folder for what the peers say
   * @throws tsugiki.base.BadInputException if a peer cannot be run
   * @throws IllegalStateException if a peer has other networks
   */
  public DcganStepResult run(Path python, Path scripts, Path folder) {
    PeerScript script = new PeerScript(python, scripts.resolve("dcgan_step.py"));
    Map<String, PeerReport> reports = new LinkedHashMap<>();
    for (String library : LIBRARIES) {
      LOG.info("timing {} steps of ours, then those of {}", settings.steps(), library);
      turn();
      PeerReport report = run(script, library, folder);
      if (!parameters(leaky).equals(report.parameters())) {
        throw new IllegalStateException(
            "%s trains other networks: %s parameters, ours have %s"
                .formatted(library, report.parameters(), parameters(leaky)));
      }
      reports.put(library, report);
    }
    turn();
    return result(reports);
  }

  private PeerReport run(PeerScript script, String library, Path folder) {
    List<String> arguments =
        List.of(
            "--library=" + library,
            "--size=" + settings.networks().imageSize(),
            "--channels=" + settings.networks().channels(),
            "--latent=" + settings.networks().latent(),
            "--batch=" + settings.batch(),
            "--steps=" + settings.steps(),
            "--warmup=" + WARM_UP,
            "--threads=" + THREADS);
    return script.run(
        library + "'s steps",
        arguments,
        folder.resolve(library + ".json"),
        folder.resolve(library + ".log"));
  }

  /** The trained parameters of both networks. */
  private static Map<String, Long> parameters(GanTraining training) {
    Map<String, Long> counts = new TreeMap<>();
    for (String network : NETWORKS) {
      counts.put(
          network,
          training.state().stream()
              .filter(weight -> weight.trained() && weight.name().startsWith(network + "/"))
              .map(Weight::shape)
              .mapToLong(shape -> shape.size())
              .sum());
    }
    return counts;
  }

  private DcganStepResult result(Map<String, PeerReport> reports) {
    Map<String, StepPeer> peers = new LinkedHashMap<>();
    peers.put(settings.networks().activation(), StepPeer.of(ofOther, ofLeaky));
    reports.forEach((library, report) -> peers.put(library, StepPeer.of(report, ofLeaky)));
    return new DcganStepResult(
        "dcgan-step",
        settings.networks().imageSize(),
        settings.networks().channels(),
        settings.batch(),
        parameters(leaky),
        parameters(other),
        ofLeaky.median(),
        ofLeaky.min(),
        ofLeaky.max(),
        ofLeaky.cpuMedian(),
        settings.batch() * 1000 / ofLeaky.median(),
        peers);
  }

  @Override
  public void close() {
    leaky.close();
    other.close();
  }
}
