package tsugiki.single;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import tsugiki.data.RgbImage;
import tsugiki.graph.Weight;
import tsugiki.runtime.Sessions;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.train.Course;
import tsugiki.train.Trainee;
import tsugiki.train.WeightHistograms;

/**
 * A pyramid in training, stage after stage. There is one graph at a time: the next stage takes over
 * what the last one has learned, and then the last one is closed with its memory.
 */
public final class PyramidTraining implements Trainee, AutoCloseable {
  /** The purpose of the noise that the image is reconstructed with. */
  static final String FIXED = "reconstruction";

  /** Work of a step that does not grow with the image, in pixels. */
  private static final double OVERHEAD = 3_000;

  private final SingleOptions options;
  private final ImagePyramid images;
  private final FirstInput first;
  private final StageMethod method;
  private final int firstStage;
  private final Sessions.Settings settings;
  private StageGraph current;

  /**
   * Builds the first stage in training: the smallest, or in a fine-tuning the last with what the
   * other run has learned.
   *
   * @param naive the image that a fine-tuning is for
   * @throws tsugiki.base.BadInputException if the other run is not done
   */
  public PyramidTraining(SingleOptions options, ImagePyramid images, Optional<RgbImage> naive) {
    this.options = options;
    this.images = images;
    method = options.stages();
    first = FirstInputs.of(options, images.images().get(0), naive);
    settings = options.execution().training();
    firstStage = options.firstStage(images.sizes());
    current = stage(firstStage);
    if (options.fineTuning() != null) {
      options.fineTuning().fill(current);
    }
  }

  private StageGraph stage(int stage) {
    StageGraph graph =
        new StageGraph(
            stage,
            method,
            options.training(),
            images.sizes().sizes().subList(0, stage + 1),
            first.changed().isPresent(),
            settings);
    Map<Integer, float[]> fixed = new LinkedHashMap<>();
    for (int below = 0; below <= stage; below++) {
      if (method.reconstructsWithNoise(below)) {
        fixed.put(below, fixedNoise(below));
      }
    }
    graph.begin(images.floats(stage), fixed);
    return graph;
  }

  private float[] fixedNoise(int stage) {
    if (stage == 0) {
      return first.fixed();
    }
    Size size = images.sizes().of(stage);
    int margin = 2 * method.margin(stage);
    return new NoiseBlocks(options.training().seed(), FIXED)
        .part(
            stage,
            method.noiseChannels(stage),
            0,
            0,
            size.height() + margin,
            size.width() + margin);
  }

  @Override
  public Map<String, Double> step(long step) {
    int stage = stageOf(step);
    if (stage > current.stage()) {
      StageGraph next = stage(stage);
      next.growFrom(current, first.fixed());
      current.close();
      current = next;
    }
    Size smallest = images.sizes().of(0);
    float[] changed =
        first.changed().map(input -> input.at(FirstInput.STEP, step, smallest)).orElse(null);
    return current.step(step % options.training().steps(), changed);
  }

  private int stageOf(long step) {
    return options.stageOf(images.sizes(), step);
  }

  /** {@inheritDoc} A checkpoint after the last step of a stage is that stage's. */
  @Override
  public void enter(long done) {
    int stage = stageOf(done - 1);
    if (stage != current.stage()) {
      current.close();
      current = stage(stage);
    }
  }

  @Override
  public Course course() {
    return new Course() {
      @Override
      public String place(long done, long steps) {
        return "stage %d of %d (%s pixels), step %d of %d"
            .formatted(
                current.stage() + 1,
                images.sizes().stages(),
                images.sizes().of(current.stage()),
                done - stepsBefore(current.stage()),
                options.training().steps());
      }

      @Override
      public double work(long done) {
        double work = 0;
        for (int stage = firstStage; stage < images.sizes().stages(); stage++) {
          Size size = images.sizes().of(stage);
          long begun = Math.max(0, done - stepsBefore(stage));
          work +=
              Math.min(begun, options.training().steps())
                  * (OVERHEAD + size.height() * size.width());
        }
        return work;
      }
    };
  }

  private long stepsBefore(int stage) {
    return options.stepsBefore(images.sizes(), stage);
  }

  /**
   * What a step of the stage in training begins with; it is not carried out.
   *
   * @param step its number from 0 over all stages
   */
  public StageTrace trace(long step) {
    return StageTrace.of(current, step % options.training().steps());
  }

  /** Generator, discriminator and the amplitudes of the noise. */
  public List<Weight> weights() {
    return current.carried();
  }

  /** The kernels, gains and parameters of activations that the stage trains, for TensorBoard. */
  Map<String, float[]> histograms() {
    return WeightHistograms.of(current.session(), current.weights().trained());
  }

  /** The stage that is in training, from 0. */
  public int stage() {
    return current.stage();
  }

  /** The graph of the stage in training. */
  StageGraph current() {
    return current;
  }

  /** The generator as it is, with the stages up to the one in training. */
  public TrainedPyramid trained() {
    return TrainedPyramid.of(
        PyramidArchitecture.of(options, images.sizes()).upTo(current.stage()), current.learned());
  }

  /** What random images are drawn from, which is what the stages have seen in training. */
  FirstInput first() {
    return first;
  }

  /** The noise that reconstructs the training image. */
  public PyramidNoise reconstruction() {
    PyramidNoise noise = new NoiseBlocks(options.training().seed(), FIXED);
    return PyramidNoise.of(
        first.fixed(),
        (stage, channels, top, left, height, width) ->
            method.reconstructsWithNoise(stage)
                ? noise.part(stage, channels, top, left, height, width)
                : new float[height * width * channels]);
  }

  @Override
  public List<Weight> state() {
    return current.state();
  }

  @Override
  public Session session() {
    return current.session();
  }

  @Override
  public GraphDef structure() {
    return current.structure();
  }

  /** {@inheritDoc} Every stage has its own. */
  @Override
  public boolean grows() {
    return true;
  }

  @Override
  public void close() {
    current.close();
  }
}
