package tsugiki.recognition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.augment.DiffAugment;
import tsugiki.data.ImageSet;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.GraphScope;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Pixels;
import tsugiki.graph.Replicas;
import tsugiki.graph.Rotation;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FeatureNetwork;
import tsugiki.recognition.TeacherNetwork.Target;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ExportedFeatureNetwork;
import tsugiki.train.Adam;
import tsugiki.train.Execution;
import tsugiki.train.Schedule;
import tsugiki.train.Step;
import tsugiki.train.StepInputs;

/**
 * The training of a feature network: the classes of the images that have labels, and the quarter
 * turns by which images are shown. Images are shifted at random; mirroring is left to {@code
 * data.Batches}.
 */
final class FeatureGraph implements AutoCloseable {
  private final FeatureTrainingOptions options;
  private final Graph graph = new Graph();
  private final Session session;
  private final FeatureNetwork.Architecture architecture;
  private final Weights network;
  private final StepInputs inputs;
  private final Placeholder<TUint8> images;
  private final Placeholder<TInt64> labels;
  private final Schedule rate;
  private final Step step;
  private final FeatureEvaluation evaluation;
  private final List<Target> targets;
  private final TeacherEvaluation taught;
  private final FeatureLosses losses;

  /**
   * Builds the graph and fills its variables with their initial values.
   *
   * @param classes the number of classes
   * @param targets what a student predicts of its teacher at each stage; none without a teacher
   * @param settings of the session
   */
  FeatureGraph(
      FeatureTrainingOptions options,
      int classes,
      List<Target> targets,
      Sessions.Settings settings) {
    this.options = options;
    this.targets = targets;
    Execution.refuseUneven(options.batch(), settings.replicas());
    FeatureTrainingOptions share = options.withBatch(options.batch() / settings.replicas());
    architecture =
        options.architecture(classes).taughtBy(targets.stream().map(Target::channels).toList());
    network = Weights.create(options.seed()).in(ExportedFeatureNetwork.SCOPE);
    rate = Schedule.cosine(options.rate(), options.steps());
    Ops tf = GraphScope.ops(graph, settings.replicas());
    Shape pixels = Shape.of(options.batch(), options.size(), options.size(), 3);
    Ops batch = tf.withSubScope("Batch");
    images = batch.withName("images").placeholder(TUint8.class, Placeholder.shape(pixels));
    labels =
        batch
            .withName("labels")
            .placeholder(TInt64.class, Placeholder.shape(Shape.of(options.batch())));
    Ops optimiser = tf.withSubScope("Optimiser");
    inputs = new StepInputs(optimiser, options.seed());
    PendingUpdates statistics = new PendingUpdates();
    FeatureNetwork net =
        new FeatureNetwork(
            architecture, network, BatchNorm.Settings.batch(FeatureNetwork.EPSILON, statistics));
    losses =
        new FeatureLosses(
            tf,
            share,
            net,
            net.apply(tf.withSubScope("Features"), shown(tf, share)),
            Replicas.rows(batch, labels),
            targets);
    step =
        losses
            .step(inputs)
            .group(network.trained(), Adam.standard(), rate)
            .updates(statistics)
            .build(optimiser);
    // What is measured is no part of a step, which replicas share.
    Ops measuring = GraphScope.ops(graph);
    evaluation =
        new FeatureEvaluation(
            measuring.withSubScope("Evaluation"),
            options.size(),
            ExportedFeatureNetwork.network(architecture, network));
    taught =
        targets.isEmpty()
            ? null
            : new TeacherEvaluation(
                measuring.withSubScope("Teaching"),
                options.size(),
                ExportedFeatureNetwork.network(architecture, network),
                targets);
    session = Sessions.open(graph, settings);
    WeightValues.initialise(session, network, step.slots());
  }

  /** The batch, shifted, and with rotations after it the same at 90°, 180° and 270°. */
  private Operand<TFloat32> shown(Ops tf, FeatureTrainingOptions share) {
    Ops pixels = tf.withSubScope("Pixels");
    Operand<TFloat32> x = Pixels.toFloats(pixels, Replicas.rows(pixels, images));
    if (targets.isEmpty()) {
      // The teacher's maps are of images as they are; its views are shifted already.
      x =
          new DiffAugment(inputs.random().perImage(), EnumSet.of(DiffAugment.Part.TRANSLATION))
              .apply(tf.withSubScope("Augment"), x, "features");
    }
    int turned = FeatureLosses.turned(share, targets);
    return turned == 0
        ? x
        : Rotation.withTurned(tf.withSubScope("Turning"), x, share.batch() - turned, turned);
  }

  /**
   * Carries out one step.
   *
   * @param number its number from 0
   * @param batch uint8 [batch, side, side, 3]
   * @param batchLabels their classes [batch]; a negative number for an image without a label
   * @return losses in nats, shares of right answers, and the learning rate, by name
   */
  Map<String, Double> step(long number, byte[] batch, long[] batchLabels) {
    return step(number, batch, batchLabels, Map.of());
  }

  /**
   * The same for a student.
   *
   * @param maps the teacher's of each image
   */
  Map<String, Double> step(long number, byte[] batch, long[] batchLabels, ByteBuffer[] maps) {
    Map<Placeholder<?>, Tensor> feeds = losses.ofTeacher().feeds(maps);
    try {
      return step(number, batch, batchLabels, feeds);
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  private Map<String, Double> step(
      long number, byte[] batch, long[] batchLabels, Map<Placeholder<?>, Tensor> maps) {
    try (TUint8 pixels = Tensors.bytes(images.shape(), batch);
        TInt64 classes = Tensors.longs(batchLabels)) {
      Map<Placeholder<?>, Tensor> feeds = new HashMap<>(maps);
      feeds.put(images, pixels);
      feeds.put(labels, classes);
      Map<String, Double> measured = step.run(session, number, feeds);
      measured.put("rate", (double) rate.at(number));
      return measured;
    }
  }

  /** The measurements against the teacher; null without one. */
  TeacherEvaluation taught() {
    return taught;
  }

  /**
   * How often the network is wrong on images that it was not trained on, with its stored
   * statistics.
   *
   * @param images any number, of the network's side
   * @param classes their classes [N]
   * @return {@code label_error} and {@code turn_error}
   */
  Map<String, Double> errors(ImageSet images, long[] classes) {
    return evaluation.errors(session, images, classes);
  }

  /** The network's shape. */
  FeatureNetwork.Architecture architecture() {
    return architecture;
  }

  /** The graph's structure, for TensorBoard. */
  GraphDef structure() {
    return graph.toGraphDef();
  }

  /** The network's weights, without the optimiser's moments. */
  Weights weights() {
    return network;
  }

  /** Everything that a resumed run needs. */
  List<Weight> state() {
    List<Weight> state = new ArrayList<>(network.all());
    state.addAll(step.slots().all());
    return state;
  }

  /** The session that holds the weights. */
  Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
