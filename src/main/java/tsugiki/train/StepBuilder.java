package tsugiki.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Replicas;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/**
 * Puts a {@link Step} together: a loss, groups of weights, new values of untrained variables, and
 * what is measured.
 *
 * <pre>{@code
 * StepInputs inputs = new StepInputs(tf.withSubScope("Step"), seed);
 * // ... the networks, which draw from inputs.random()
 * LossSum loss = new LossSum(tf.withSubScope("Loss"), "loss").add("l1", l1).add("size", size, 0.02f);
 * Step step =
 *     new StepBuilder(inputs, loss)
 *         .group(weights.trained(), Adam.standard(), Schedule.constant(2e-4f))
 *         .updates(statistics)
 *         .build(tf.withSubScope("Step"));
 * Map<String, Double> measured = step.run(session, 0, Map.of(images, pixels));
 * }</pre>
 */
public final class StepBuilder {
  private final StepInputs inputs;
  private final LossSum loss;
  private final Map<String, Operand<TFloat32>> measured;
  private final Map<String, Operand<TFloat32>> traced = new LinkedHashMap<>();
  private final List<WeightGroup> groups = new ArrayList<>();
  private PendingUpdates updates = new PendingUpdates();
  private LongUnaryOperator key = number -> number;
  private int parts = 1;

  /**
   * Begins a step.
   *
   * @param inputs of the graph
   * @param loss what the step minimises, complete; it is measured with its terms
   */
  public StepBuilder(StepInputs inputs, LossSum loss) {
    this.inputs = inputs;
    this.loss = loss;
    measured = loss.measured();
  }

  /**
   * Measures another scalar in every step: a computed value. Of a variable itself TensorFlow gives
   * what the step has made of it.
   */
  public StepBuilder measure(String name, Operand<TFloat32> scalar) {
    measured.put(name, scalar);
    return this;
  }

  /** Names a value of any shape that {@link Step#trace} gives. */
  public StepBuilder trace(String name, Operand<TFloat32> value) {
    traced.put(name, value);
    return this;
  }

  /** Adds weights to train; an empty list adds nothing. */
  public StepBuilder group(List<Weight> weights, Optimiser optimiser, Schedule rate) {
    if (!weights.isEmpty()) {
      groups.add(new WeightGroup(weights, optimiser, rate));
    }
    return this;
  }

  /** Takes the new values of untrained variables that the step assigns. */
  public StepBuilder updates(PendingUpdates pending) {
    updates = pending;
    return this;
  }

  /**
   * Sets the key of the random numbers of a step; without this it is the step's number. Steps that
   * take turns draw different numbers by different keys.
   */
  public StepBuilder key(LongUnaryOperator ofStep) {
    key = ofStep;
    return this;
  }

  /**
   * Makes a step of several parts, each with a batch of its own: the gradients' mean is applied
   * with the last one. New values of untrained variables are assigned with every part.
   */
  public StepBuilder parts(int count) {
    parts = count;
    return this;
  }

  /** Builds the gradients of the loss by the weights of all groups, and changes nothing. */
  public StepGradients gradients(Ops tf) {
    return StepGradients.of(
        tf, loss.total(), groups.stream().flatMap(group -> group.weights().stream()).toList());
  }

  /**
   * Builds the application of gradients: all of them and all that is measured is computed before
   * anything changes. Here the replicas of a training meet: the means of what each has are applied
   * and measured.
   *
   * @param ofReplica gradients of the weights of all groups
   */
  public Step apply(Ops tf, StepGradients ofReplica) {
    Ops meeting = tf.withSubScope("Replicas");
    StepGradients gradients = ofReplica.each(gradient -> Replicas.mean(meeting, gradient));
    measured.replaceAll((name, scalar) -> Replicas.mean(meeting, scalar));
    updates = updates.each(value -> Replicas.mean(meeting, value));
    Weights slots = Weights.create(0);
    List<Step.Rate> rates = new ArrayList<>();
    for (WeightGroup group : groups) {
      Placeholder<TFloat32> rate =
          tf.withName("rate").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      rates.add(new Step.Rate(rate, group.rate()));
    }
    List<Operand<TFloat32>> reads = new ArrayList<>();
    for (Weight weight : gradients.weights()) {
      reads.add(gradients.of(weight));
      traced.put("gradient/" + weight.name(), gradients.of(weight));
    }
    reads.addAll(measured.values());
    List<NoOp> nodes = new ArrayList<>();
    StepGradients whole = gradients;
    if (parts > 1) {
      GradientSums sums =
          new GradientSums(tf.withSubScope("Sums"), gradients, parts, reads, updates);
      nodes.add(sums.first());
      if (parts > 2) {
        nodes.addAll(Collections.nCopies(parts - 2, sums.next()));
      }
      whole = sums.whole();
      whole.weights().stream().map(whole::of).forEach(reads::add);
    }
    nodes.add(last(tf, reads, slots, whole, rates));
    return new Step(inputs, key, rates, measured, traced, slots, nodes);
  }

  private NoOp last(
      Ops tf,
      List<Operand<TFloat32>> reads,
      Weights slots,
      StepGradients gradients,
      List<Step.Rate> rates) {
    return Updates.apply(
        tf,
        reads,
        updates,
        after -> {
          List<Op> nodes = new ArrayList<>();
          for (int i = 0; i < groups.size(); i++) {
            nodes.addAll(apply(after, slots, groups.get(i), gradients, rates.get(i)));
          }
          return nodes;
        });
  }

  private List<Op> apply(
      Ops tf, Weights slots, WeightGroup group, StepGradients gradients, Step.Rate rate) {
    return group
        .optimiser()
        .apply(
            tf,
            slots.in(group.optimiser().name()),
            group.weights(),
            group.weights().stream().map(gradients::of).toList(),
            rate.placeholder(),
            inputs.update());
  }

  /** Builds both, the gradients and their application. */
  public Step build(Ops tf) {
    return apply(tf, gradients(tf));
  }
}
