package tsugiki.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 */
public final class GraftStepBench implements AutoCloseable {
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
    return result(trace, turns().alone());
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
    return result(trace, turns().with(pytorch, arrays));
  }

  private PeerTurns turns() {
    return new PeerTurns("steps", settings.steps(), () -> step.train(next++));
  }

  private GraftStepResult result(Map<String, float[]> trace, PeerTurns.Outcome outcome) {
    Map<String, Double> loss = new LinkedHashMap<>();
    Map<String, Double> named = new LinkedHashMap<>();
    LOSS_TERMS.forEach(
        (term, name) -> {
          loss.put(term, (double) trace.get(term)[0]);
          named.put(name, loss.get(term));
        });
    Map<String, Double> norms = gradientNorms(trace);
    Timing timing = outcome.timing();
    return new GraftStepResult(
        "graft-step",
        settings.batch(),
        settings.groupSize(),
        timing.median(),
        timing.min(),
        timing.max(),
        timing.cpuMedian(),
        settings.batch() * 1000 / timing.median(),
        outcome.peakMib(),
        loss,
        norms,
        outcome.greatestDifference(named, norms),
        outcome.peers());
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
