package tsugiki.labels;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.augment.DiffAugment;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Gradients;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Pixels;
import tsugiki.graph.Randomness;
import tsugiki.graph.Rotation;
import tsugiki.graph.Rows;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.loss.CrossEntropy;
import tsugiki.model.FeatureNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Adam;
import tsugiki.train.Updates;

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
  private final Weights slots = Weights.create(0).in("adam");
  private final Randomness random;
  private final Placeholder<TUint8> images;
  private final Placeholder<TInt64> labels;
  private final Placeholder<TFloat32> rate;
  private final Placeholder<TFloat32> update;
  private final Map<String, Operand<TFloat32>> scalars = new LinkedHashMap<>();
  private final NoOp step;
  private final FeatureEvaluation evaluation;

  /** Builds the graph and fills its variables with their initial values. */
  public FeatureGraph(FeatureOptions options) {
    this(options, Sessions.Settings.cpu());
  }

  /** The same with a session of one's own settings. */
  public FeatureGraph(FeatureOptions options, Sessions.Settings settings) {
    this.options = options;
    this.graph = new Graph();
    this.network = Weights.create(options.seed()).in("features");
    Ops tf = Ops.create(graph);
    Shape pixels = Shape.of(options.batch(), options.side(), options.side(), 3);
    images = tf.withName("images").placeholder(TUint8.class, Placeholder.shape(pixels));
    labels =
        tf.withName("labels")
            .placeholder(TInt64.class, Placeholder.shape(Shape.of(options.batch())));
    rate = tf.withName("rate").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    update = tf.withName("update").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    random = new Randomness(tf, options.seed());
    step = step(tf);
    evaluation = new FeatureEvaluation(tf.withSubScope("Evaluation"), options, network);
    session = Sessions.open(graph, settings);
    WeightValues.initialise(session, network);
    WeightValues.initialise(session, slots);
  }

  private NoOp step(Ops tf) {
    PendingUpdates statistics = new PendingUpdates();
    Operand<TFloat32> loss = loss(tf, statistics);
    List<Weight> trained = network.trained();
    Ops optimiser = tf.withSubScope("Optimiser");
    List<Operand<TFloat32>> gradients =
        Gradients.of(optimiser, loss, trained.stream().map(Weight::variable).toList());
    List<Operand<TFloat32>> reads = new ArrayList<>(gradients);
    reads.addAll(scalars.values());
    return Updates.apply(
        optimiser,
        reads,
        statistics,
        after -> Adam.standard().apply(after, slots, trained, gradients, rate, update));
  }

  private Operand<TFloat32> loss(Ops tf, PendingUpdates statistics) {
    FeatureNetwork net =
        new FeatureNetwork(
            options.architecture(),
            network,
            BatchNorm.Settings.batch(FeatureNetwork.EPSILON, statistics));
    Operand<TFloat32> pooled = net.apply(tf.withSubScope("Features"), shown(tf)).pooled();
    Ops losses = tf.withSubScope("Loss");
    Operand<TFloat32> loss = scaled(losses, ofClasses(tf, net, pooled), options.labelWeight());
    if (options.turned() > 0) {
      loss = losses.math.add(loss, scaled(losses, ofTurns(tf, net, pooled), options.turnWeight()));
    }
    scalars.put("loss", loss);
    return loss;
  }

  private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> loss, float weight) {
    return tf.math.mul(loss, tf.constant(weight));
  }

  private Operand<TFloat32> ofClasses(Ops tf, FeatureNetwork net, Operand<TFloat32> pooled) {
    Operand<TFloat32> logits =
        net.classLogits(tf.withSubScope("Classes"), Rows.of(tf, pooled, 0, options.classed()));
    Ops losses = tf.withSubScope("Loss");
    int views = options.classed() / options.batch();
    Operand<TInt64> wanted =
        views == 1 ? labels : losses.tile(labels, losses.constant(new int[] {views}));
    Operand<TFloat32> loss = CrossEntropy.ofKnown(losses, logits, wanted, options.smoothing());
    scalars.put("loss_classes", loss);
    scalars.put("accuracy_classes", CrossEntropy.accuracyOfKnown(losses, logits, wanted));
    return loss;
  }

  private Operand<TFloat32> ofTurns(Ops tf, FeatureNetwork net, Operand<TFloat32> pooled) {
    int turned = options.turned();
    // The upright images of those that are turned are the last ones of the batch itself.
    Operand<TFloat32> logits =
        net.turnLogits(
            tf.withSubScope("Turns"),
            Rows.of(tf, pooled, options.batch() - turned, turned * Rotation.TURNS));
    Operand<TInt64> quarters = Rotation.labels(tf, turned);
    Ops losses = tf.withSubScope("Loss");
    Operand<TFloat32> loss = CrossEntropy.smoothed(losses, logits, quarters, 0);
    scalars.put("loss_turns", loss);
    scalars.put("accuracy_turns", CrossEntropy.accuracy(losses, logits, quarters));
    return loss;
  }

  /** The batch, shifted, and after it its last images at 90°, 180° and 270°. */
  private Operand<TFloat32> shown(Ops tf) {
    Operand<TFloat32> x = Pixels.toFloats(tf.withSubScope("Pixels"), images);
    x =
        new DiffAugment(random, EnumSet.of(DiffAugment.Part.TRANSLATION))
            .apply(tf.withSubScope("Augment"), x, "features");
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
   * @return losses in nats, shares that were told right, and the learning rate, by name
   */
  public Map<String, Double> step(long number, byte[] batch, long[] batchLabels) {
    float now = options.rate(number);
    Session.Runner runner = session.runner().addTarget(step);
    scalars.values().forEach(runner::fetch);
    try (TUint8 pixels = Tensors.bytes(images.shape(), batch);
        TInt64 classes = Tensors.longs(batchLabels);
        TInt64 key = TInt64.scalarOf(number);
        TFloat32 rateNow = TFloat32.scalarOf(now);
        TFloat32 count = TFloat32.scalarOf(number + 1);
        Result result =
            runner
                .feed(images, pixels)
                .feed(labels, classes)
                .feed(random.step(), key)
                .feed(rate, rateNow)
                .feed(update, count)
                .run()) {
      Map<String, Double> measured = new LinkedHashMap<>();
      int i = 0;
      for (String name : scalars.keySet()) {
        measured.put(name, (double) Tensors.scalar(result.get(i++)));
      }
      measured.put("rate", (double) now);
      return measured;
    }
  }

  /**
   * How well the network tells images that it was not trained on, with its stored statistics.
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
    state.addAll(slots.all());
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
