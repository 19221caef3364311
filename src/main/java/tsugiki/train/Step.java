package tsugiki.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;

/** One step of a training: a node that changes the weights, and what is measured in it. */
public final class Step {
  /** A group's learning rate: where it is fed, and what it is. */
  record Rate(Placeholder<TFloat32> placeholder, Schedule schedule) {}

  private final StepInputs inputs;
  private final LongUnaryOperator key;
  private final List<Rate> rates;
  private final Map<String, Operand<TFloat32>> measured;
  private final Map<String, Operand<TFloat32>> traced;
  private final Weights slots;
  private final NoOp node;

  Step(
      StepInputs inputs,
      LongUnaryOperator key,
      List<Rate> rates,
      Map<String, Operand<TFloat32>> measured,
      Map<String, Operand<TFloat32>> traced,
      Weights slots,
      NoOp node) {
    this.inputs = inputs;
    this.key = key;
    this.rates = rates;
    this.measured = measured;
    this.traced = traced;
    this.slots = slots;
    this.node = node;
  }

  /**
   * Carries out the step.
   *
   * @param number its number from 0
   * @param feeds the batch: placeholders and their values, which the caller closes
   * @return what was measured, by name
   */
  public Map<String, Double> run(
      Session session, long number, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    run(session.runner().addTarget(node), measured, number, feeds)
        .forEach((name, value) -> scalars.put(name, (double) value[0]));
    return scalars;
  }

  /**
   * What a step would compute, without taking it: the measured scalars, the traced values, and
   * every gradient as {@code gradient/} and the weight's name.
   *
   * @param names which of them; all where none is given
   * @return the values in row-major order, by name
   * @throws IllegalArgumentException if a name is unknown
   */
  public Map<String, float[]> trace(
      Session session,
      long number,
      Map<? extends Operand<?>, ? extends Tensor> feeds,
      String... names) {
    Map<String, Operand<TFloat32>> fetches = new LinkedHashMap<>(measured);
    fetches.putAll(traced);
    if (names.length > 0) {
      Set<String> wanted = Set.of(names);
      if (!fetches.keySet().containsAll(wanted)) {
        throw new IllegalArgumentException(wanted + " are not all in " + fetches.keySet());
      }
      fetches.keySet().retainAll(wanted);
    }
    return run(session.runner(), fetches, number, feeds);
  }

  private Map<String, float[]> run(
      Session.Runner runner,
      Map<String, Operand<TFloat32>> fetches,
      long number,
      Map<? extends Operand<?>, ? extends Tensor> feeds) {
    fetches.values().forEach(runner::fetch);
    feeds.forEach(runner::feed);
    List<TFloat32> rateTensors = new ArrayList<>();
    try (StepInputs.Feeds scalars = inputs.feeds(number, key.applyAsLong(number))) {
      scalars.to(runner);
      for (Rate rate : rates) {
        rateTensors.add(TFloat32.scalarOf(rate.schedule().at(number)));
        runner.feed(rate.placeholder(), rateTensors.get(rateTensors.size() - 1));
      }
      try (Result result = runner.run()) {
        Map<String, float[]> values = new LinkedHashMap<>();
        fetches
            .keySet()
            .forEach(
                name -> values.put(name, Tensors.toFloats((TFloat32) result.get(values.size()))));
        return values;
      }
    } finally {
      rateTensors.forEach(Tensor::close);
    }
  }

  /** The optimisers' own state, which a checkpoint has too; fill it with its initial values. */
  public Weights slots() {
    return slots;
  }
}
