package tsugiki.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.data.ImageSet;
import tsugiki.graft.GraftMethod;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.LearningOptions;
import tsugiki.graft.LossOptions;
import tsugiki.model.BigGanArchitecture;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/**
 * One training step of a graft on a BigGAN with random weights and the perceptual loss of VGG16's
 * ten layers, random too; and the same step in PyTorch, on the same numbers, in turns.
 *
 * <p>A time counts only for the same work, so the first step's loss and gradients are compared,
 * each program's with the same step in double precision. Compared with each other, two programs
 * would differ by the rounding of both.
 */
public final class GraftStepBench implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GraftStepBench.class);
  private static final int WARM_UP = 2;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final String GRADIENT = "gradient/";

  /** The terms of the loss by our names, and what the peers call them. */
  private static final Map<String, String> LOSS_TERMS = lossTerms();

  /**
   * What is measured.
   *
   * @param architecture the generator
   * @param batch images per step
   * @param groupSize channels a group of the point-wise layers
   * @param steps timed steps in every turn
   * @param device where ours runs
   */
  public record Settings(
      BigGanArchitecture architecture, int batch, int groupSize, int steps, Device device) {
    /** BigGAN at 128 pixels, ch 96, 1,000 classes. */
    public static Settings bigGan128(int batch, int groupSize, int steps, Device device) {
      return new Settings(
          BigGanArchitecture.standard(128, 96, 1000), batch, groupSize, steps, device);
    }
  }

  private final Settings settings;
  private final ImageSet images;
  private final RandomVgg16 network = new RandomVgg16();
  private final GraftStep step;
  private final Timing timing = new Timing();
  private long next;

  /** Builds the graph and fills it. */
  public GraftStepBench(Settings settings) {
    this.settings = settings;
    images = NoiseImages.of(settings.batch(), settings.architecture().size());
    step = new GraftStep(options(settings), settings.architecture(), images, network);
  }

  private static GraftOptions options(Settings settings) {
    // Every default but the perceptual weight, which is the reference's for Caffe's VGG16.
    return GraftOptions.of(Path.of(""), Path.of(""), Execution.here(settings.device()))
        .withMethod(GraftMethod.POINT_WISE)
        .withGroupSize(settings.groupSize())
        .withLearning(LearningOptions.defaults().withBatch(settings.batch()))
        .withLoss(LossOptions.defaults().withPerceptual("vgg16").withPerceptualWeight(0.001f));
  }

  /** Measures our step alone. */
  public GraftStepResult run() {
    Map<String, float[]> trace = step.trace();
    Timing.warmUp(WARM_UP, this::train);
    turn();
    return result(trace, Memory.peakMib(), Optional.empty(), Map.of());
  }

  /**
   * Measures our step and PyTorch's in turns, from the same numbers.
   *
   * @param folder for the numbers (half a gigabyte) and what PyTorch says
   */
  public GraftStepResult run(PyTorchPeer pytorch, Path folder) throws IOException {
    Map<String, float[]> trace = step.trace();
    Path arrays = folder.resolve("arrays.npz");
    new GraftStepArrays(step, settings.architecture(), network, settings.groupSize())
        .write(arrays, trace, targets());
    LOG.info("computing the step in double precision, which ours and PyTorch's are compared with");
    PeerReport reference = pytorch.reference(arrays, THREADS);
    Timing.warmUp(WARM_UP, this::train);
    double peakMib = Double.NaN;
    Map<String, PeerReport> reports = new LinkedHashMap<>();
    for (String allocator : PyTorchPeer.ALLOCATORS) {
      LOG.info(
          "timing {} steps of ours, then PyTorch's, {} allocator", settings.steps(), allocator);
      turn();
      peakMib = Memory.peakMib();
      PeerReport report = pytorch.run(arrays, allocator, settings.steps(), THREADS);
      reports.put(PyTorchPeer.name(allocator), report);
    }
    turn();
    return result(trace, peakMib, Optional.of(reference), reports);
  }

  private void train() {
    step.train(next++);
  }

  private void turn() {
    for (int i = 0; i < settings.steps(); i++) {
      timing.measure(this::train);
    }
  }

  private GraftStepResult result(
      Map<String, float[]> trace,
      double peakMib,
      Optional<PeerReport> reference,
      Map<String, PeerReport> reports) {
    Map<String, Double> loss = new LinkedHashMap<>();
    Map<String, Double> named = new LinkedHashMap<>();
    LOSS_TERMS.forEach(
        (term, name) -> {
          loss.put(term, (double) trace.get(term)[0]);
          named.put(name, loss.get(term));
        });
    Map<String, Double> norms = gradientNorms(trace);
    Map<String, ComparedResult.Peer> peers = new LinkedHashMap<>();
    reports.forEach(
        (name, report) ->
            peers.put(
                name,
                ComparedResult.Peer.of(
                    report,
                    timing.median(),
                    reference
                        .orElseThrow()
                        .greatestDifference(report.loss(), report.gradientNorms()))));
    return new GraftStepResult(
        "graft-step",
        settings.batch(),
        settings.groupSize(),
        timing.median(),
        timing.min(),
        timing.max(),
        timing.cpuMedian(),
        settings.batch() * 1000 / timing.median(),
        peakMib,
        loss,
        norms,
        reference.map(exact -> exact.greatestDifference(named, norms)).orElse(null),
        peers);
  }

  private static Map<String, String> lossTerms() {
    Map<String, String> terms = new LinkedHashMap<>();
    terms.put("loss", "total");
    List.of("l1", "perceptual", "prior", "embedding").forEach(term -> terms.put(term, term));
    return terms;
  }

  /** The lengths of the gradients of the groups that the peers report. */
  private static Map<String, Double> gradientNorms(Map<String, float[]> trace) {
    Map<String, Double> squares = new TreeMap<>();
    trace.forEach(
        (name, values) -> {
          if (name.startsWith(GRADIENT)) {
            squares.merge(group(name.substring(GRADIENT.length())), squares(values), Double::sum);
          }
        });
    squares.replaceAll((name, square) -> Math.sqrt(square));
    return squares;
  }

  private static String group(String weight) {
    return switch (weight) {
      case "graft/first_map/scale" -> "scale";
      case "graft/first_map/shift" -> "shift";
      case "graft/latents" -> "latents";
      case "graft/class_vector" -> "embedding";
      default -> "dense";
    };
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  /** The images as the graph takes them. */
  private float[] targets() {
    byte[] pixels = images.pixels();
    float[] floats = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      floats[i] = Byte.toUnsignedInt(pixels[i]) * (2f / 255) - 1;
    }
    return floats;
  }

  @Override
  public void close() {
    step.close();
  }
}
