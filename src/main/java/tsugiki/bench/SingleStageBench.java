package tsugiki.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tensorflow.ndarray.Shape;
import tsugiki.data.RgbImage;
import tsugiki.graph.Weight;
import tsugiki.runtime.Device;
import tsugiki.runtime.WeightValues;
import tsugiki.single.ImagePyramid;
import tsugiki.single.PyramidTraining;
import tsugiki.single.SingleMode;
import tsugiki.single.SingleOptions;
import tsugiki.single.StageTrace;
import tsugiki.train.Execution;

/**
 * An iteration of a stage of ConSinGAN as a training carries it out, on random weights and an image
 * of noise; and the same iteration in PyTorch, on the same numbers, in turns.
 */
public final class SingleStageBench implements AutoCloseable {
  private static final float SLOPE = 0.05f;
  private static final float AMPLITUDE = 0.1f;
  private static final int KERNEL = 9;

  /** Of the kernels that a training begins with. */
  private static final float FIRST_DEVIATION = 0.02f;

  /**
   * What is measured.
   *
   * @param options of the training
   * @param side of the image in pixels
   * @param stage from 0
   * @param steps timed iterations in every turn
   */
  public record Settings(SingleOptions options, int side, int stage, int steps) {
    /** The authors' training for random images, all stages but the last left out. */
    public static Settings last(int side, int stages, int channels, int steps, Device device) {
      SingleOptions options =
          SingleOptions.of(Path.of("noise.png"), SingleMode.GENERATE, Execution.here(device));
      return new Settings(
          options
              .withPyramid(
                  options
                      .pyramid()
                      .withStages(stages)
                      .withMaxSize(side)
                      .withMinSize(Math.min(options.pyramid().minSize(), side / 2)))
              .withNetwork(options.network().withChannels(channels))
              // Warm-up and all turns are within the stage.
              .withTraining(
                  options
                      .training()
                      .withSteps(Math.max(options.training().steps(), 4L * steps + 16))),
          side,
          stages - 1,
          steps);
    }
  }

  private final Settings settings;
  private final ImagePyramid images;
  private final PyramidTraining training;
  private long next;

  /**
   * Builds the stage.
   *
   * @throws tsugiki.base.BadInputException if the image is too small for so many stages
   */
  public SingleStageBench(Settings settings) {
    this.settings = settings;
    images = ImagePyramid.of(noise(settings.side()), settings.options());
    training = new PyramidTraining(settings.options(), images, Optional.empty());
    next = settings.stage() * settings.options().training().steps();
    training.enter(next + 1);
    for (Weight weight : training.weights()) {
      if (weight.name().startsWith("noise/amplitude_")) {
        WeightValues.set(training.session(), weight, new float[] {AMPLITUDE});
      } else if (weight.name().endsWith("/kernel")) {
        enlarge(weight);
      }
    }
  }

  /**
   * Kernels that keep the size of what they read (He et al. 2015). As a training begins, scores of
   * all images differ by about as much as they are rounded, and nothing could be compared.
   */
  private void enlarge(Weight weight) {
    float factor = (float) Math.sqrt(2.0 / (KERNEL * weight.shape().get(2))) / FIRST_DEVIATION;
    float[] values = WeightValues.get(training.session(), weight);
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    WeightValues.set(training.session(), weight, values);
  }

  private static RgbImage noise(int side) {
    byte[] rgb = new byte[side * side * RgbImage.CHANNELS];
    new SplittableRandom(1).nextBytes(rgb);
    return new RgbImage("noise", side, side, rgb);
  }

  /** Measures our iteration alone. */
  public SingleStageResult run() {
    StageTrace trace = training.trace(next);
    return result(trace, turns().alone());
  }

  /**
   * Measures our iteration and PyTorch's in turns, from the same numbers.
   *
   * @param folder for the numbers and what PyTorch says
   */
  public SingleStageResult run(PyTorchPeer pytorch, Path folder) throws IOException {
    StageTrace trace = training.trace(next);
    Path arrays = folder.resolve("arrays.npz");
    write(arrays, trace);
    return result(trace, turns().with(pytorch, arrays));
  }

  private PeerTurns turns() {
    return new PeerTurns("iterations", settings.steps(), () -> training.step(next++));
  }

  private void write(Path file, StageTrace trace) throws IOException {
    try (NumpyArchive archive = new NumpyArchive(file)) {
      for (Weight weight : training.weights()) {
        archive.add(weight.name(), weight.shape(), WeightValues.get(training.session(), weight));
      }
      for (StageTrace.Input map : trace.inputs()) {
        archive.add("input/" + map.name(), map.shape(), map.values());
      }
      archive.add(
          "meta",
          Shape.of(4),
          new float[] {
            settings.options().network().layers(),
            SLOPE,
            settings.options().training().trainDepth(),
            settings.options().training().lrScale()
          });
    }
  }

  private SingleStageResult result(StageTrace trace, PeerTurns.Outcome outcome) {
    Timing timing = outcome.timing();
    return new SingleStageResult(
        "single",
        settings.side(),
        settings.stage() + 1,
        settings.options().network().channels(),
        timing.median(),
        timing.min(),
        timing.max(),
        timing.cpuMedian(),
        1000 / timing.median(),
        outcome.peakMib(),
        trace.loss(),
        trace.gradientNorms(),
        outcome.greatestDifference(trace.loss(), trace.gradientNorms()),
        outcome.peers());
  }

  @Override
  public void close() {
    training.close();
  }
}
