package tsugiki.recognition;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import tsugiki.base.Opened;
import tsugiki.data.Batches;
import tsugiki.data.GivenLabels;
import tsugiki.data.ImageSet;
import tsugiki.graph.Randomness;
import tsugiki.graph.Weight;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ExportedFeatureNetwork;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.train.Trainee;
import tsugiki.train.TrainingTask;
import tsugiki.train.WeightHistograms;

/**
 * A feature network in training. Where some images have labels, half of every batch is drawn from
 * them and half from all images: a tenth of a batch would be a handful. Without rotations nothing
 * is learned from an image without a label, so that batches are drawn from the labelled alone.
 */
final class FeatureTraining implements Trainee, AutoCloseable {
  private final FeatureGraph graph;
  private final GivenLabels labels;
  private final boolean mirror;
  private final int[] labelled;
  private final Batches ofLabelled;
  private final Batches ofAll;
  private final byte[] pixels;
  private final Optional<Distillation> distillation;
  private final Optional<StudentStart> start;

  /**
   * Builds the graph and fills it with initial values.
   *
   * @param labels what it may see of the images' classes
   * @param distillation what a student learns from its teacher, where it has one; it is closed with
   *     this one, also where this one cannot be built
   * @param start the weights that a student begins with; random without
   * @param settings of the session
   */
  FeatureTraining(
      FeatureTrainingOptions options,
      ImageSet images,
      GivenLabels labels,
      Optional<Distillation> distillation,
      Optional<StudentStart> start,
      Sessions.Settings settings) {
    this.labels = labels;
    this.distillation = distillation;
    this.start = start;
    mirror = options.mirror();
    labelled = labels.labelled();
    boolean upright = options.turned() == 0;
    int fromAll = upright || labelled.length == images.count() ? 0 : options.batch() / 2;
    ImageSet some = images.select(labelled);
    ofLabelled = new Batches(some, options.batch() - fromAll, options.seed());
    ofAll =
        fromAll == 0
            ? null
            : new Batches(images, fromAll, Randomness.mix(options.seed(), "all images"));
    try (Opened opened = new Opened()) {
      distillation.ifPresent(opened::add);
      graph =
          new FeatureGraph(
              options,
              labels.classNames().size(),
              distillation.map(Distillation::targets).orElse(List.of()),
              settings);
      opened.keep();
    }
    pixels = new byte[Math.multiplyExact(options.batch(), images.imageLength())];
  }

  /** The training of a network without a teacher. */
  FeatureTraining(
      FeatureTrainingOptions options,
      ImageSet images,
      GivenLabels labels,
      Sessions.Settings settings) {
    this(options, images, labels, Optional.empty(), Optional.empty(), settings);
  }

  @Override
  public Map<String, Double> step(long step) {
    return distillation.map(taught -> taught(taught, step)).orElseGet(() -> labelled(step));
  }

  private Map<String, Double> taught(Distillation distillation, long step) {
    if (step == 0) {
      start.ifPresent(weights -> weights.fill(session(), graph.weights().all()));
      graph.taught().standardise(session(), distillation);
    }
    Distillation.Batch batch =
        distillation.batch(step, pixels.length / ofLabelled.images().imageLength());
    long[] classes =
        Arrays.stream(batch.images())
            .mapToLong(image -> image < 0 ? GivenLabels.NONE : labels.labels()[image])
            .toArray();
    return graph.step(step, batch.pixels(), classes, batch.maps());
  }

  /** How much of its teacher's maps a student explains; nothing without a teacher. */
  Map<String, Double> explained() {
    return distillation.map(from -> graph.taught().explained(session(), from)).orElse(Map.of());
  }

  /** Tries what the teacher computes in so many steps; empty without a teacher. */
  Optional<TrainingTask.Beside> tryTeacher(TeacherOptions wanted, long steps) {
    return distillation.map(taught -> taught.tried(wanted, steps));
  }

  private Map<String, Double> labelled(long step) {
    long[] classes = new long[pixels.length / ofLabelled.images().imageLength()];
    int[] chosen = ofLabelled.indices(step);
    place(ofLabelled, step, chosen, 0);
    for (int i = 0; i < chosen.length; i++) {
      classes[i] = labels.labels()[labelled[chosen[i]]];
    }
    if (ofAll != null) {
      int from = chosen.length;
      int[] others = ofAll.indices(step);
      place(ofAll, step, others, from);
      Arrays.setAll(classes, i -> i < from ? classes[i] : labels.labels()[others[i - from]]);
    }
    return graph.step(step, pixels, classes);
  }

  private void place(Batches batches, long step, int[] chosen, int from) {
    int length = batches.images().imageLength();
    byte[] part = new byte[chosen.length * length];
    boolean[] flips = mirror ? batches.flips(step) : new boolean[chosen.length];
    batches.fill(chosen, flips, part);
    System.arraycopy(part, 0, pixels, from * length, part.length);
  }

  /**
   * How often the network is wrong.
   *
   * @param images any, of the training's size
   * @param classes their true classes
   * @return the shares of wrong classes and turns, by name
   */
  Map<String, Double> errors(ImageSet images, int[] classes) {
    return graph.errors(images, Arrays.stream(classes).asLongStream().toArray());
  }

  /**
   * The writer of the network as a SavedModel.
   *
   * @param classNames the classes that it predicts; none for rotations alone
   * @param card the model card in Markdown
   */
  SavedModelWriter writer(List<String> classNames, String card) {
    return ExportedFeatureNetwork.writer(
        graph.architecture(),
        ofLabelled.images().size(),
        WeightValues.get(session(), graph.weights().all()),
        classNames,
        card);
  }

  @Override
  public GraphDef structure() {
    return graph.structure();
  }

  /** The trained kernels and gains by tag, for TensorBoard. */
  Map<String, float[]> histograms() {
    return WeightHistograms.of(graph.session(), graph.weights().trained());
  }

  @Override
  public List<Weight> state() {
    return graph.state();
  }

  @Override
  public Session session() {
    return graph.session();
  }

  @Override
  public void close() {
    graph.close();
    distillation.ifPresent(Distillation::close);
  }
}
