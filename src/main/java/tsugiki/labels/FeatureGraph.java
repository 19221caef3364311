package tsugiki.labels;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import tsugiki.graph.BatchNorm;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Pixels;
import tsugiki.graph.Rotation;
import tsugiki.graph.Rows;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.labels.TeacherNetwork.Target;
import tsugiki.loss.CrossEntropy;
import tsugiki.model.FeatureNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Adam;
import tsugiki.train.LossSum;
import tsugiki.train.Step;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepInputs;

/**
 * The training of a feature network: the classes of the images that have labels, and the quarter
 * turns by which images are shown. Images are shifted at random; mirroring is left to {@code
 * data.Batches}.
 */
public final class FeatureGraph implements AutoCloseable {
  private final FeatureOptions options;
  private final Graph graph;
  private final Session session;
  private final Weights network;
  private final StepInputs inputs;
  private final Placeholder<TUint8> images;
  private final Placeholder<TInt64> labels;
  private final Step step;
  private final FeatureEvaluation evaluation;
  private final List<Target> targets;
  private final TeacherEvaluation taught;
  private TeacherLoss teacherLoss;

  /** Builds the graph and fills its variables with their initial values. */
  public FeatureGraph(FeatureOptions options) {
    this(options, Sessions.Settings.cpu());
  }

  /** The same with a session of one's own settings. */
  public FeatureGraph(FeatureOptions options, Sessions.Settings settings) {
    this(options, settings, List.of());
  }

  /**
   * The same for a student.
   *
   * @param targets what it predicts of its teacher at each stage; none without a teacher
   */
  FeatureGraph(FeatureOptions options, Sessions.Settings settings, List<Target> targets) {
    this.options = options;
    this.targets = targets;
    this.graph = new Graph();
    this.network = Weights.create(options.seed()).in("features");
    Ops tf = Ops.create(graph);
    Shape pixels = Shape.of(options.batch(), options.side(), options.side(), 3);
    images = tf.withName("images").placeholder(TUint8.class, Placeholder.shape(pixels));
    labels =
        tf.withName("labels")
            .placeholder(TInt64.class, Placeholder.shape(Shape.of(options.batch())));
    Ops optimiser = tf.withSubScope("Optimiser");
    inputs = new StepInputs(optimiser, options.seed());
    PendingUpdates statistics = new PendingUpdates();
    step =
        learned(tf, statistics)
            .group(network.trained(), Adam.standard(), options::rate)
            .updates(statistics)
            .build(optimiser);
    evaluation = new FeatureEvaluation(tf.withSubScope("Evaluation"), options, network);
    taught =
        targets.isEmpty()
            ? null
            : new TeacherEvaluation(tf.withSubScope("Teaching"), options, network, targets);
    session = Sessions.open(graph, settings);
    WeightValues.initialise(session, network);
    WeightValues.initialise(session, step.slots());
  }

  /** The losses of classes and turns, and the shares of right answers. */
  private StepBuilder learned(Ops tf, PendingUpdates statistics) {
    FeatureNetwork net =
        new FeatureNetwork(
            options.architecture(),
            network,
            BatchNorm.Settings.batch(FeatureNetwork.EPSILON, statistics));
    FeatureNetwork.Features features = net.apply(tf.withSubScope("Features"), shown(tf));
    Operand<TFloat32> pooled = features.pooled();
    Ops losses = tf.withSubScope("Loss");
    LossSum loss = new LossSum(losses, "loss");
    Map<String, Operand<TFloat32>> accuracies = new LinkedHashMap<>();

    Operand<TFloat32> ofClasses =
        net.classLogits(tf.withSubScope("Classes"), Rows.of(tf, pooled, 0, options.classed()));
    int views = options.classed() / options.batch();
    Operand<TInt64> wanted =
        views == 1 ? labels : losses.tile(labels, losses.constant(new int[] {views}));
    loss.add(
        "loss_classes",
        CrossEntropy.ofKnown(losses, ofClasses, wanted, options.smoothing()),
        options.labelWeight());
    accuracies.put("accuracy_classes", CrossEntropy.accuracyOfKnown(losses, ofClasses, wanted));

    int turned = options.turned();
    if (turned > 0) {
      // The upright images of those that are turned are the last ones of the batch itself.
      Operand<TFloat32> ofTurns =
          net.turnLogits(
              tf.withSubScope("Turns"),
              Rows.of(tf, pooled, options.batch() - turned, turned * Rotation.TURNS));
      Operand<TInt64> quarters = Rotation.labels(tf, turned);
      loss.add(
          "loss_turns", CrossEntropy.smoothed(losses, ofTurns, quarters, 0), options.turnWeight());
      accuracies.put("accuracy_turns", CrossEntropy.accuracy(losses, ofTurns, quarters));
    }
    if (!targets.isEmpty()) {
      addTeacher(tf.withSubScope("Teacher"), net, features, loss);
    }
    StepBuilder builder = new StepBuilder(inputs, loss);
    accuracies.forEach(builder::measure);
    return builder;
  }

  /** The unexplained shares of the teacher's maps and of its features, the upright images alone. */
  private void addTeacher(
      Ops tf, FeatureNetwork net, FeatureNetwork.Features features, LossSum loss) {
    List<Operand<TFloat32>> upright =
        features.maps().stream().map(map -> Rows.of(tf, map, 0, options.batch())).toList();
    List<Operand<TFloat32>> predicted = net.heads().maps(tf.withSubScope("Maps"), upright);
    teacherLoss = new TeacherLoss(tf, targets, options.batch(), net.heads(), predicted);
    for (int stage = 0; stage < targets.size(); stage++) {
      loss.add("unexplained_map_" + stage, teacherLoss.ofStages().get(stage), 1f / targets.size());
    }
    loss.add("unexplained_features", teacherLoss.ofFeatures());
  }

  /** The batch, shifted, and after it its last images at 90°, 180° and 270°. */
  private Operand<TFloat32> shown(Ops tf) {
    Operand<TFloat32> x = Pixels.toFloats(tf.withSubScope("Pixels"), images);
    if (!targets.isEmpty()) {
      // The teacher's maps are of the images as they are.
      return turned(tf, x);
    }
    x =
        new DiffAugment(inputs.random(), EnumSet.of(DiffAugment.Part.TRANSLATION))
            .apply(tf.withSubScope("Augment"), x, "features");
    return turned(tf, x);
  }

  private Operand<TFloat32> turned(Ops tf, Operand<TFloat32> x) {
    if (options.turned() == 0) {
      return x;
    }
    Ops turning = tf.withSubScope("Turning");
    return Rotation.withTurned(turning, x, options.batch() - options.turned(), options.turned());
  }

  /**
   * Carries out one step.
   *
   * @param number its number from 0
   * @param batch uint8 [batch, side, side, 3]
   * @param batchLabels their classes [batch]; a negative number for an image without a label
   * @return losses in nats, shares of right answers, and the learning rate, by name
   */
  public Map<String, Double> step(long number, byte[] batch, long[] batchLabels) {
    return step(number, batch, batchLabels, Map.of());
  }

  /**
   * The same for a student.
   *
   * @param maps the teacher's of each image
   */
  Map<String, Double> step(long number, byte[] batch, long[] batchLabels, ByteBuffer[] maps) {
    Map<Placeholder<?>, Tensor> feeds = teacherLoss.feeds(maps);
    try {
      return step(number, batch, batchLabels, feeds);
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  private Map<String, Double> step(
      long number, byte[] batch, long[] batchLabels, Map<Placeholder<?>, Tensor> more) {
    try (TUint8 pixels = Tensors.bytes(images.shape(), batch);
        TInt64 classes = Tensors.longs(batchLabels)) {
      Map<Placeholder<?>, Tensor> feeds = new HashMap<>(more);
      feeds.put(images, pixels);
      feeds.put(labels, classes);
      Map<String, Double> measured = step.run(session, number, feeds);
      measured.put("rate", (double) options.rate(number));
      return measured;
    }
  }

  /** The measurements against the teacher; null without one. */
  TeacherEvaluation taught() {
    return taught;
  }

  /**
   * How well the network classifies images that it was not trained on, with its stored statistics.
   *
   * @param pixels uint8 [N, side, side, 3], any N
   * @param classes their classes [N]
   * @return shares of right answers
   */
  public FeatureEvaluation.Accuracy accuracy(byte[] pixels, long[] classes) {
    return evaluation.accuracy(session, pixels, classes);
  }

  /** The graph's structure, for TensorBoard. */
  public GraphDef structure() {
    return graph.toGraphDef();
  }

  /** The network's weights, without the optimiser's moments. */
  public Weights weights() {
    return network;
  }

  /** Everything that a resumed run needs. */
  public List<Weight> state() {
    List<Weight> state = new ArrayList<>(network.all());
    state.addAll(step.slots().all());
    return state;
  }

  /** The session that holds the weights. */
  public Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
