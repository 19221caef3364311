package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Pixels;
import tsugiki.graph.Reduce;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.GeneratorCopy;
import tsugiki.train.Adam;
import tsugiki.train.LossSum;
import tsugiki.train.Schedule;
import tsugiki.train.Step;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepInputs;

/** The graph of {@link Inversion}: latent vectors that train on one image, side by side. */
final class InversionGraph implements AutoCloseable {
  /** Keeps a division by an empty map's size finite. */
  private static final float LEAST_SIZE = 1e-6f;

  /** The last learning rate over the first. */
  private static final double LAST_RATE = 0.05;

  /**
   * What latent vectors give.
   *
   * @param losses of each [N], without the size of z
   * @param l1 of each [N]
   * @param images of each, uint8 [N, H, W, 3]
   */
  record Drawn(float[] losses, float[] l1, byte[] images) {}

  private final InversionOptions options;
  private final Graph graph = new Graph();
  private final Weight latents;
  private final Placeholder<TInt64> labels;
  private final Placeholder<TUint8> target;
  private final Operand<TFloat32> l1;
  private final Operand<TFloat32> losses;
  private final Operand<TUint8> drawn;
  private final Step step;
  private final Session session;

  InversionGraph(InversionOptions options, GeneratorCopy generator, FrozenNetwork perceptual) {
    this.options = options;
    Ops tf = GraphScope.ops(graph);
    StepInputs inputs = new StepInputs(tf.withSubScope("Step"), options.seed());
    Weights state = Weights.create(options.seed()).in("inversion");
    Weights frozen = Weights.frozen().in("perceptual");
    labels = tf.withName("labels").placeholder(TInt64.class, shape(options.starts()));
    target =
        tf.withName("target")
            .placeholder(TUint8.class, shape(1, generator.height(), generator.width(), 3));
    Shape rows = Shape.of(options.starts(), generator.latent());
    // TensorFlow's gradient of a square ends the process where a variable itself is squared.
    Operand<TFloat32> z = tf.identity(state.trained(tf, "latents", rows, Initializer.zeros()));
    latents = state.get("latents");
    Operand<TFloat32> images = generator.images(tf, z, labels);
    Operand<TFloat32> photograph = Pixels.toFloats(tf, target);
    drawn = Pixels.toBytes(tf, images);
    l1 = differences(tf.withSubScope("Reconstruction"), images, photograph);
    Ops scope = tf.withSubScope("Perceptual");
    losses =
        tf.math.add(
            l1,
            tf.math.mul(
                perceptual(scope, frozen, perceptual, images, photograph),
                tf.constant(options.perceptualWeight())));
    // The sum over the starts, so that each moves as if it were alone.
    Operand<TFloat32> size = Reduce.mean(tf, tf.math.square(z));
    LossSum loss =
        new LossSum(tf.withSubScope("Loss"), "loss")
            .add(Reduce.sum(tf, losses))
            .add("size", size, options.sizeWeight() * options.starts());
    step =
        new StepBuilder(inputs, loss)
            .group(
                state.trained(),
                Adam.standard(),
                Schedule.halfCosine(options.rate(), options.steps(), LAST_RATE))
            .build(tf.withSubScope("Step"));
    session = Sessions.open(graph, options.execution().settings());
    generator.restore(session);
    WeightValues.initialise(session, state);
    perceptual.fill(session, frozen);
  }

  private static Placeholder.Options shape(long... shape) {
    return Placeholder.shape(Shape.of(shape));
  }

  /** The mean absolute difference of each image to one other [N]. */
  private static Operand<TFloat32> differences(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> one) {
    return tf.math.mean(tf.math.abs(tf.math.sub(images, one)), tf.constant(new int[] {1, 2, 3}));
  }

  /** The mean over maps of the difference relative to the photograph's map [N]. */
  private static Operand<TFloat32> perceptual(
      Ops tf,
      Weights frozen,
      FrozenNetwork network,
      Operand<TFloat32> images,
      Operand<TFloat32> photograph) {
    List<Operand<TFloat32>> maps = network.maps(tf.withSubScope("Images"), frozen, images);
    List<Operand<TFloat32>> wanted = network.maps(tf.withSubScope("Target"), frozen, photograph);
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      Operand<TFloat32> size =
          tf.math.maximum(Reduce.mean(tf, tf.math.abs(wanted.get(i))), tf.constant(LEAST_SIZE));
      terms.add(tf.math.div(differences(tf, maps.get(i), wanted.get(i)), size));
    }
    return tf.math.div(tf.math.addN(terms), tf.constant((float) terms.size()));
  }

  /** Forgets the optimiser's moments of an earlier search. */
  void begin() {
    WeightValues.initialise(session, step.slots());
  }

  /** Takes these latent vectors [N, D]. */
  void set(float[] rows) {
    WeightValues.set(session, latents, rows);
  }

  /** Moves the latent vectors once. */
  void step(long number, TUint8 photograph, long[] classes) {
    try (TInt64 fed = Tensors.longs(classes)) {
      step.run(session, number, Map.of(labels, fed, target, photograph));
    }
  }

  /** The latent vectors as they are [N, D]. */
  float[] latents() {
    return WeightValues.get(session, latents);
  }

  /** What they give. */
  Drawn draw(TUint8 photograph, long[] classes) {
    try (TInt64 fed = Tensors.longs(classes);
        Result result =
            session
                .runner()
                .feed(labels, fed)
                .feed(target, photograph)
                .fetch(losses)
                .fetch(l1)
                .fetch(drawn)
                .run()) {
      return new Drawn(
          Tensors.toFloats((TFloat32) result.get(0)),
          Tensors.toFloats((TFloat32) result.get(1)),
          Tensors.toBytes((TUint8) result.get(2)));
    }
  }

  /** The tensor of one image; the caller closes it. */
  TUint8 photograph(byte[] rgb) {
    return Tensors.bytes(target.shape(), rgb);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
