package tsugiki.graft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import tsugiki.data.ImageSet;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * The step of a graft alone, for measurements: on weights of the caller's choice and on all of its
 * images at once. The graph is the one that {@code graft} trains.
 */
public final class GraftStep implements AutoCloseable {
  private final Graph graph = new Graph();
  private final GraftGraph training;
  private final List<Weight> weights;
  private final int[] batch;
  private final Session session;

  /**
   * Builds it. The perceptual terms are not balanced: each counts with {@code
   * options.loss().perceptualWeight()}.
   *
   * @param images the images of a step, all of them
   * @param perceptual the network of the perceptual loss
   * @param values gives every weight its value from its name and its first value, which is null for
   *     weights of the generator
   */
  public GraftStep(
      GraftOptions options,
      BigGanArchitecture architecture,
      ImageSet images,
      FrozenNetwork perceptual,
      BiFunction<Weight, float[], float[]> values) {
    batch = new int[images.count()];
    Arrays.setAll(batch, i -> i);
    Weights network = Weights.create(options.learning().seed(), options.method().trained());
    GraftedGenerator generator =
        new GraftedGenerator(architecture, options.method(), options.groupSize(), network);
    Ops tf = Ops.create(graph);
    Targets targets = new Targets(tf, images, perceptual, batch.length);
    training = new GraftGraph(tf, options, generator, targets, batch.length);
    session = Sessions.open(graph, options.execution().settings());
    training.initialise(session);
    for (Weight weight : generator.rootstock().all()) {
      WeightValues.set(session, weight, values.apply(weight, null));
    }
    List<Weight> added = new ArrayList<>(generator.scion().all());
    added.add(training.latents());
    added.add(training.termWeights());
    for (Weight weight : added) {
      float[] first = WeightValues.get(session, weight);
      WeightValues.set(session, weight, values.apply(weight, first));
    }
    weights = new ArrayList<>(generator.rootstock().all());
    weights.addAll(added);
    generator.rootstock().derive(session);
    targets.prepare(session);
  }

  /** Carries out a step and returns the loss and its terms by name. */
  public Map<String, Double> train(long number) {
    return training.train(session, number, batch);
  }

  /**
   * What step 0 computes, without taking it: {@code loss}, {@code l1}, {@code perceptual}, {@code
   * prior}, {@code embedding}; {@code noise} [N, D] and {@code prior.samples} [S, D]; and the
   * gradients as {@code gradient/} and the weight's name.
   */
  public Map<String, float[]> trace() {
    return training.trace(session, 0, batch);
  }

  /** The weights {@code generator/…} and {@code graft/…}. */
  public List<Weight> weights() {
    return List.copyOf(weights);
  }

  /** The session that holds them. */
  public Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
