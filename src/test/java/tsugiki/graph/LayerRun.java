package tsugiki.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * A layer in a graph and session of its own. All its weights hold random numbers, not their initial
 * ones, under which many layers do nothing.
 */
final class LayerRun implements AutoCloseable {
  /** The step whose random numbers a layer draws that draws any. */
  static final long STEP = 3;

  private final Graph graph = new Graph();
  private final Session session = Sessions.open(graph);
  private final Ops tf = GraphScope.ops(graph);
  private final LayerCase layer;
  private final Weights weights;
  private final PendingUpdates updates = new PendingUpdates();
  private final List<Placeholder<TFloat32>> feeds = new ArrayList<>();
  private final Operand<TFloat32> output;
  private List<Values> inputs;

  LayerRun(LayerCase layer, long seed, Predicate<String> trained) {
    this.layer = layer;
    weights = Weights.create(seed, trained);
    for (int[] shape : layer.inputs()) {
      feeds.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape(shape))));
    }
    // A layer may give its input itself, which cannot be fed and fetched at once.
    output = tf.identity(layer.build().build(tf, weights, updates, List.copyOf(feeds)));
    SplittableRandom random = new SplittableRandom(seed);
    inputs = layer.inputs().stream().map(s -> Values.awayFromZero(random, s)).toList();
    for (Weight weight : weights.all()) {
      float[] values = new float[(int) weight.count()];
      boolean positive = weight.name().endsWith("variance");
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (positive ? random.nextDouble(0.5, 1.5) : random.nextDouble(-0.7, 0.7));
      }
      WeightValues.set(session, weight, values);
    }
    settle(layer.settling());
    weights.derive(session);
  }

  LayerCase layer() {
    return layer;
  }

  Weights weights() {
    return weights;
  }

  List<Values> inputs() {
    return inputs;
  }

  void feed(List<Values> other) {
    inputs = other;
  }

  int[] staticShape() {
    return sizes(output.shape());
  }

  /** The output for the present weights and inputs. */
  Values output() {
    return values(List.of(output)).get(0);
  }

  /** What the independent arithmetic makes of the same numbers. */
  Values expected() {
    return layer.oracle().compute(numbers(), inputs);
  }

  /** Every weight's numbers by name. */
  Map<String, Values> numbers() {
    Map<String, Values> result = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      float[] numbers = WeightValues.get(session, weight);
      result.put(weight.name(), Values.of(sizes(weight.shape()), numbers));
    }
    return result;
  }

  /** Overwrites every weight. */
  void load(Map<String, float[]> values) {
    values.forEach((name, numbers) -> WeightValues.set(session, weights.get(name), numbers));
    weights.derive(session);
  }

  /** Every weight as it would be saved. */
  Map<String, float[]> save() {
    return WeightValues.get(session, weights.all());
  }

  void set(String name, float[] numbers) {
    WeightValues.set(session, weights.get(name), numbers);
  }

  /** Applies the pending updates that many times. */
  void settle(int times) {
    if (times == 0 || updates.list().isEmpty()) {
      return;
    }
    List<Op> assigns = new ArrayList<>();
    updates.list().forEach(update -> assigns.add(tf.assign(update.variable(), update.value())));
    for (int i = 0; i < times; i++) {
      run(List.of(), assigns);
    }
  }

  /** The derivatives of Σ direction·output by the inputs and then by the trained weights. */
  List<Values> gradients(float[] direction) {
    List<Operand<TFloat32>> with = new ArrayList<>(feeds);
    weights.trained().forEach(weight -> with.add(weight.variable()));
    Operand<TFloat32> loss =
        tf.sum(
            tf.math.mul(tf.reshape(output, tf.constant(new int[] {-1})), tf.constant(direction)),
            tf.constant(0));
    return values(Gradients.of(tf.withSubScope("test"), loss, with));
  }

  private List<Values> values(List<Operand<TFloat32>> fetches) {
    return run(fetches, List.of());
  }

  private List<Values> run(List<Operand<TFloat32>> fetches, List<Op> targets) {
    List<TFloat32> fed = new ArrayList<>();
    for (Values input : inputs) {
      fed.add(Tensors.floats(shape(input.shape()), input.floats()));
    }
    Session.Runner runner = session.runner();
    for (int i = 0; i < fed.size(); i++) {
      runner.feed(feeds.get(i), fed.get(i));
    }
    fetches.forEach(runner::fetch);
    targets.forEach(runner::addTarget);
    try (TInt64 step = TInt64.scalarOf(STEP);
        Result result = drawing(runner, step).run()) {
      List<Values> values = new ArrayList<>();
      for (int i = 0; i < fetches.size(); i++) {
        TFloat32 tensor = (TFloat32) result.get(i);
        values.add(Values.of(sizes(tensor.shape()), Tensors.toFloats(tensor)));
      }
      return values;
    } finally {
      fed.forEach(TFloat32::close);
    }
  }

  /** {@link Randomness} has a placeholder of this name. */
  private Session.Runner drawing(Session.Runner runner, TInt64 step) {
    return graph.operation("step") == null ? runner : runner.feed("step", step);
  }

  private static int[] sizes(Shape shape) {
    return LongStream.of(shape.asArray()).mapToInt(Math::toIntExact).toArray();
  }

  private static Shape shape(int[] sizes) {
    return Shape.of(Arrays.stream(sizes).asLongStream().toArray());
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
