package tsugiki.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
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

/**
 * One step of a training: the nodes that change the weights, one per part of its batch, and what is
 * measured in them.
 */
public final class Step {
  /** The feeds of a part: placeholders and their values, which it closes. */
  public record Batch(Map<? extends Operand<?>, ? extends Tensor> tensors)
      implements AutoCloseable {
    @Override
    public void close() {
      tensors.values().forEach(Tensor::close);
    }
  }

  /** A group's learning rate: where it is fed, and what it is. */
  record Rate(Placeholder<TFloat32> placeholder, Schedule schedule) {}

  private final StepInputs inputs;
  private final LongUnaryOperator key;
  private final List<Rate> rates;
  private final Map<String, Operand<TFloat32>> measured;
  private final Map<String, Operand<TFloat32>> traced;
  private final Weights slots;
  private final List<NoOp> parts;

  Step(
      StepInputs inputs,
      LongUnaryOperator key,
      List<Rate> rates,
      Map<String, Operand<TFloat32>> measured,
      Map<String, Operand<TFloat32>> traced,
      Weights slots,
      List<NoOp> parts) {
    this.inputs = inputs;
    this.key = key;
    this.rates = rates;
    this.measured = measured;
    this.traced = traced;
    this.slots = slots;
    this.parts = List.copyOf(parts);
  }

  /**
   * Carries out a step of one part.
   *
   * @param number its number from 0
   * @param feeds the batch: placeholders and their values, which the caller closes
   * @return what was measured, by name
   */
  public Map<String, Double> run(
      Session session, long number, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    if (parts.size() > 1) {
      throw new IllegalArgumentException("this step has " + parts.size() + " parts");
    }
    return part(session, number, 0, feeds);
  }

  /**
   * Carries out a step, part by part.
   *
   * @param number its number from 0
   * @param batch the batch of each part; closed here
   * @return the means of what was measured, by name
   */
  public Map<String, Double> run(Session session, long number, IntFunction<Batch> batch) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      try (Batch fed = batch.apply(i)) {
        part(session, number, i, fed.tensors())
            .forEach((name, value) -> means.merge(name, value / parts.size(), Double::sum));
      }
    }
    return means;
  }

  private Map<String, Double> part(
      Session session, long number, int part, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    run(session.runner().addTarget(parts.get(part)), measured, number, part, feeds)
        .forEach((name, value) -> scalars.put(name, (double) value[0]));
    return scalars;
  }

  /**
   * What the first part of a step would compute, without taking it: the measured scalars, the
   * traced values, and every gradient as {@code gradient/} and the weight's name.
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
    return run(session.runner(), fetches, number, 0, feeds);
  }

  private Map<String, float[]> run(
      Session.Runner runner,
      Map<String, Operand<TFloat32>> fetches,
      long number,
      int part,
      Map<? extends Operand<?>, ? extends Tensor> feeds) {
    fetches.values().forEach(runner::fetch);
    feeds.forEach(runner::feed);
    List<TFloat32> rateTensors = new ArrayList<>();
    long drawn = key.applyAsLong(number) * parts.size() + part;
    try (StepInputs.Feeds scalars = inputs.feeds(number, drawn)) {
      scalars.to(runner);
      for (Rate rate : rates) {
        rateTensors.add(TFloat32.scalarOf(rate.schedule().at(number)));
        runner.feed(rate.placeholder(), rateTensors.get(rateTensors.size() - 1));
      }
      try (Result result = StepProfile.run(runner)) {
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

  /** The number of runs of the graph that make one step, each with a batch of its own. */
  public int parts() {
    return parts.size();
  }

  /** The optimisers' own state, which a checkpoint has too; fill it with its initial values. */
  public Weights slots() {
    return slots;
  }
}
