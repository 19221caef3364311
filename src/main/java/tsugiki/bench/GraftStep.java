package tsugiki.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.data.ImageSet;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftTraining;
import tsugiki.graft.Rootstock;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanGenerator;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.WeightValues;

/** The step of a graft on random weights and on all of its images at once. */
final class GraftStep implements AutoCloseable {
  private final GraftTraining training;
  private final List<Weight> weights;
  private final int[] batch;

  /**
   * Builds it. The perceptual terms are not balanced: each counts with {@code
   * options.loss().perceptualWeight()}.
   *
   * @param images the images of a step, all of them
   * @param perceptual the network of the perceptual loss
   */
  GraftStep(
      GraftOptions options,
      BigGanArchitecture architecture,
      ImageSet images,
      FrozenNetwork perceptual) {
    batch = IntStream.range(0, images.count()).toArray();
    training =
        new GraftTraining(
            options, new Rootstock(architecture, rootstock(architecture)), images, perceptual);
    for (Weight weight : training.added()) {
      float[] first = WeightValues.get(session(), weight);
      if (weight.equals(training.termWeights())) {
        Arrays.fill(first, 1);
      }
      WeightValues.set(session(), weight, RandomValues.graft(weight, first));
    }
    weights = new ArrayList<>(training.rootstock());
    weights.addAll(training.added());
  }

  /** Random weights of a generator by name. */
  private static Map<String, float[]> rootstock(BigGanArchitecture architecture) {
    Weights weights = Weights.frozen();
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      new BigGanGenerator(
              architecture,
              weights.in("generator"),
              Kernels.PLAIN,
              BatchNorm.Settings.stored(architecture.epsilon()))
          .apply(tf, zeros(tf, architecture.latent()), zeros(tf, architecture.embedding()));
    }
    Map<String, float[]> values = new HashMap<>();
    weights.all().forEach(weight -> values.put(weight.name(), RandomValues.graft(weight, null)));
    values.put("generator/classes/table", RandomValues.classes(architecture));
    return values;
  }

  private static Operand<TFloat32> zeros(Ops tf, long width) {
    return tf.zeros(tf.constant(new long[] {1, width}), TFloat32.class);
  }

  /** Carries out a step and returns the loss and its terms by name. */
  Map<String, Double> train(long number) {
    return training.step(number, batch);
  }

  /**
   * What step 0 computes, without taking it: {@code loss}, {@code l1}, {@code perceptual}, {@code
   * prior}, {@code embedding}; {@code noise} [N, D] and {@code prior.samples} [S, D]; and the
   * gradients as {@code gradient/} and the weight's name.
   */
  Map<String, float[]> trace() {
    return training.trace(0, batch);
  }

  /** The weights {@code generator/…} and {@code graft/…}. */
  List<Weight> weights() {
    return List.copyOf(weights);
  }

  /** The session that holds them. */
  Session session() {
    return training.session();
  }

  @Override
  public void close() {
    training.close();
  }
}
